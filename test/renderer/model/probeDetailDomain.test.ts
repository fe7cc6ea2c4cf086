import { expect, test } from 'vitest'
import {
  addressName,
  mxProblem,
  mxSentence,
  reportingVerdict,
  stsVerdict,
} from '#renderer/model/probeDetailDomain.ts'
import { domain } from '../../support/probeDetail.ts'

const said = (change: Parameters<typeof domain>[0]) => mxSentence(domain(change))

test('where mail goes, in a sentence', () => {
  expect(said({})).toEqual({ tone: 'warn', words: '2 MX records, one of them with a problem.' })
  expect(said({ mx: 'null' }).words).toContain('takes no mail')
  expect(said({ mx: 'none' }).tone).toBe('info')
  expect(said({ mx: 'none', hasAddress: false }).tone).toBe('bad')
  expect(said({ mx: 'failed' }).words).toContain('could not be learnt')
  expect(mxProblem(domain().records[1]!)?.words).toBe('This name does not exist')
})

test('the name of an address, and whether it leads back', () => {
  const row = { address: 'a', state: 'found' as const, names: ['n.test'], confirmed: ['n.test'] }
  expect(addressName('a', [row])).toEqual({ tone: 'good', words: 'leads back', name: 'n.test' })
  expect(addressName('a', [{ ...row, confirmed: [] }])?.words).toBe('does not lead back')
  expect(addressName('a', [{ ...row, names: [], confirmed: [], state: 'none' }])?.tone).toBe('warn')
  expect(addressName('a', [{ ...row, state: 'unanswered' }])?.tone).toBe('neutral')
  expect(addressName('b', [row])).toBeUndefined()
})

test('MTA-STS and TLS reporting in words', () => {
  const sts = domain().mtaSts!
  expect(stsVerdict(sts).words).toContain('Mode testing')
  expect(stsVerdict({ ...sts, policy: 'invalid', problem: 'it has no mode' }).words).toBe('The policy cannot be read: it has no mode.') // prettier-ignore
  expect(stsVerdict({ ...sts, record: 'none' }).tone).toBe('info')
  expect(stsVerdict({ ...sts, record: 'several' }).tone).toBe('bad')
  expect(stsVerdict(undefined).tone).toBe('neutral')
  expect((['found', 'none', 'several', 'invalid', 'unanswered'] as const).map((record) => reportingVerdict({ record, reports: [] }).tone)).toEqual(['good', 'info', 'bad', 'bad', 'neutral']) // prettier-ignore
})
