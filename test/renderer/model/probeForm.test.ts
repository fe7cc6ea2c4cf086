import { expect, test } from 'vitest'
import {
  draftOfRequest,
  emptyProbeDraft,
  optionWords,
  portsOf,
  probeProblems,
  probeRequest,
  readProbeDraft,
  withPort,
} from '#renderer/model/probeForm.ts'

const draft = (change = {}) => ({ ...emptyProbeDraft(), host: ' mx.test ', ...change })

test('what is saved is read field by field, anything else becomes its default', () => {
  expect(readProbeDraft({ host: 'a.test', family: '5', timeout: 7, extra: 1 })).toMatchObject({
    host: 'a.test',
    family: '0',
    timeout: '10',
  })
  expect(readProbeDraft('nonsense').ports).toEqual([])
  expect(portsOf(emptyProbeDraft()).map(({ port }) => port)).toEqual([25, 465, 587, 2525])
})
test('ports are typed with or without a mode; a wrong one is named with what would be right', () => {
  expect(withPort([], ' 465 ')).toEqual({ ok: true, ports: [{ port: 465, mode: 'implicit' }] })
  expect(withPort([], '2587:STARTTLS')).toEqual({ ok: true, ports: [{ port: 2587, mode: 'starttls' }] })
  expect(withPort([{ port: 26, mode: 'auto' }], '26')).toMatchObject({ ok: false })
  expect(withPort([], '70000')).toMatchObject({ message: expect.stringContaining('“70000” is not a port') })
})
test('the request holds only what was chosen; control hosts only when they are on for this run', () => {
  const controls = ['a.test:25', 'b.test:25']
  const built = probeRequest({
    draft: draft({ controls, resolverValidates: true }),
    controlsOn: ['b.test:25'],
  })
  expect(built).toMatchObject({
    ok: true,
    request: { host: 'mx.test', timeout: 10_000, controls: ['b.test:25'], resolverValidates: false },
  })
  expect(built.ok && 'ca' in built.request).toBe(false)
})
test('the local authority is trusted on this computer alone, and is not shown as typed afterwards', () => {
  const localCa = 'LOCAL'
  const here = probeRequest({ draft: draft({ host: '127.0.0.1:2525', ca: 'MINE' }), controlsOn: [], localCa })
  expect(here.ok && here.request.ca).toBe('MINE\nLOCAL')
  const there = probeRequest({ draft: draft(), controlsOn: [], localCa })
  expect(there.ok && there.request.ca).toBeUndefined()
  expect(here.ok && draftOfRequest(here.request, { draft: draft(), localCa }).ca).toBe('MINE')
})
test('a wrong time limit is named; the engine’s problems stand at their fields', () => {
  expect(probeRequest({ draft: draft({ timeout: '0' }), controlsOn: [] })).toMatchObject({
    problems: { timeout: expect.stringContaining('“0”') },
  })
  expect(
    probeProblems([
      { field: 'ports[0].port', value: '993', message: 'It reads mail.' },
      { field: 'controls[1]', value: 'x', message: 'No port.' },
      { field: 'request', value: '', message: 'Too many.' },
    ]),
  ).toEqual({ ports: 'It reads mail.', controls: 'No port.', form: 'Too many.' })
})
test('what differs from the usual is told', () => {
  expect(optionWords(draft(), [])).toEqual([])
  expect(optionWords(draft({ family: '6', tlsScan: true, controls: ['a:1'] }), ['a:1'])).toEqual([
    'IPv6 only',
    'TLS scan',
    '1 control host',
  ])
})
test('a relay trial is asked for where a recipient is named, and never again by what was saved', () => {
  const asked = probeRequest({ draft: draft({ relayTo: ' b@x.test ' }), controlsOn: [] })
  expect(asked).toMatchObject({ ok: true, request: { relayTrial: { to: 'b@x.test', from: '' } } })
  const plain = probeRequest({ draft: draft(), controlsOn: [] })
  expect(plain.ok && 'relayTrial' in plain.request).toBe(false)
  expect(readProbeDraft({ relayTo: 'b@x.test' }).relayTo).toBe('')
  expect(optionWords(draft({ relayTo: 'b@x.test' }), [])).toEqual(['relay trial'])
  expect(asked.ok && draftOfRequest(asked.request, { draft: draft() }).relayTo).toBe('b@x.test')
  expect(probeProblems([{ field: 'relayTrial.to', value: '', message: 'No.' }])).toEqual({
    relayTrial: 'No.',
  })
})
