import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { curlFormat } from '#shared/transcript/export/commands/curl.ts'
import { headText, type Field } from '#shared/transcript/http.ts'
import type { EventBody } from '#shared/transcript/event.ts'
import { end, line } from '../../samples.ts'
import { recordedOf } from '../sample.ts'

const body = '{"text":"Gr\u00c3\u00bc\u00c3\u009fe, $(id) \'x\' %s"}'
const request = (fields: Field[], start = 'POST /api/v1/transmissions HTTP/1.1'): EventBody =>
  line('', 'data', { verb: 'POST', ...headText(start, fields) })
const chunk = (raw: string | undefined): EventBody => ({ kind: 'chunk', phase: 'body', direction: 'to-server', body: 1, offset: 0, size: body.length, last: true, encoding: 'bdat', ...(raw === undefined ? {} : { raw }) }) // prettier-ignore
const fields: Field[] = [['Host', 'api.x.de'], ['Authorization', 'k3y'], ['Content-Type', 'application/json'], ['Content-Length', '9'], ['Connection', 'close']] // prettier-ignore

function textOf(bodies: EventBody[]): string {
  const recorded = recordedOf([...bodies, end()], { host: 'api.x.de', port: 8025, protocol: 'http' })
  return Array.from(curlFormat.write(recorded, 'test')).join('')
}

/** What curl would be given, by a real shell. */
function runs(text: string): { words: string[]; input: string } {
  const script = `curl() { printf '%s\\n' "$@"; echo =====; cat; }\n${text}`
  const said = execFileSync('sh', ['-c', script], {
    env: { API_KEY: 'the key' },
    input: '',
    encoding: 'latin1',
  })
  const [words = '', input = ''] = said.split('=====\n')
  return { words: words.split('\n').slice(0, -1), input }
}

test('the request goes again, with the key from the environment and the same octets', () => {
  const { words, input } = runs(textOf([request(fields), chunk(body)]))
  expect(words).toEqual(['--verbose', '--globoff', '--path-as-is', '--http1.1', '--url', 'http://api.x.de:8025/api/v1/transmissions', '--header', 'Authorization: the key', '--header', 'Content-Type: application/json', '--data-binary', '@-']) // prettier-ignore
  expect(input).toBe(body)
})

test.each([
  ['Basic YXBpOms=', ['--user', 'api:the key']],
  ['Bearer t0ken', ['--header', 'Authorization: Bearer the key']],
] as const)('a credential as %s', (value, want) => {
  const { words } = runs(textOf([request([['Authorization', value]]), chunk(body)]))
  expect(words.slice(6, 8)).toEqual(want)
})

test('what strangers put into a request stays text, and no field is an option or a file', () => {
  const odd: Field[] = [
    ['X-A', "'$(touch /tmp/x)`id`!"],
    ['@/etc/passwd', 'x'],
    ['-K', 'x'],
    ['Cookie', 's=1'],
  ]
  const start = "PATCH /a$(id)'{1..3} HTTP/1.1"
  const { words } = runs(textOf([request(odd, start), chunk(body)]))
  expect(words.slice(5)).toEqual(["http://api.x.de:8025/a$(id)'{1..3}", '--header', "X-A: '$(touch /tmp/x)`id`!", '--header', '-K: x', '--data-binary', '@-', '--request', 'PATCH']) // prettier-ignore
})

test('a body that is not there, no request at all, TLS that was not verified', () => {
  const without = textOf([request(fields), chunk(undefined)])
  expect(without).toContain('put one in')
  expect(runs(without).input).toBe('')
  expect(textOf([])).toContain('asks for / only')
  const tls: EventBody = { kind: 'tls', phase: 'tls', direction: 'none', outcome: 'established', took: 1, version: 'TLSv1.3', cipher: 'x', verified: false }
  const sealed = textOf([tls, request([], 'GET /x HTTP/1.1')])
  expect(sealed).toMatch(/https:\/\/api[^]*--insecure/)
  expect(sealed).not.toMatch(/API_KEY|--request|--data/)
}) // prettier-ignore
