import { expect, test } from 'vitest'
import { readRelay } from '#engine/probe/relayAsk.ts'

function read(to: string, from = '', target = 'mx.test') {
  const problems: string[] = []
  const ask = readRelay({ to, from }, target, (field, _, message) => problems.push(`${field}: ${message}`))
  return { ask, problems }
}

test('the recipient with its domain; the null reverse-path unless a sender is given', () => {
  expect(read('Bob <b@Elsewhere.TEST>')).toEqual({ ask: { from: '', to: 'b@Elsewhere.TEST', domain: 'elsewhere.test' }, problems: [] }) // prettier-ignore
  expect(read('b@x.test', '<>').ask?.from).toBe('')
  expect(read('b@x.test', 'a@y.test').ask?.from).toBe('a@y.test')
  expect(read('b@bücher.test').ask?.to).toBe('b@xn--bcher-kva.test')
  expect(readRelay(undefined, 'mx.test', () => {})).toBeUndefined()
})

test('what is no address, not ASCII, with a line end, or the tested name itself is named at its field', () => {
  for (const wrong of ['nobody', '', 'b@x.test\r\nDATA', 'jürgen@x.test', '"a b"@x.test', `${'b'.repeat(70)}@x.test`]) {
    const { ask, problems } = read(wrong)
    expect(ask).toBeUndefined()
    expect(problems).toEqual([expect.stringMatching(/^relayTrial\.to: ./)])
  }
  expect(read('b@x.test', 'nobody').problems).toEqual([expect.stringMatching(/^relayTrial\.from: .*@/)])
  expect(read('b@MX.test').problems).toEqual([expect.stringContaining('does not serve')])
}) // prettier-ignore
