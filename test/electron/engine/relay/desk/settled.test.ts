import { expect, test } from 'vitest'
import { settled } from '#engine/relay/desk/settled.ts'
import { printNotation } from '#shared/relay/notation/print.ts'
import { parseNotation } from '#shared/relay/notation/parse.ts'
import { emptyPolicy } from '#shared/relay/policy.ts'
import { articlesPolicy, withoutLines } from '#test/support/relay/articles.ts'

test('a policy of a form gets the lines of its text', () => {
  const { policy, text } = settled(articlesPolicy())
  expect(withoutLines(policy)).toEqual(withoutLines(articlesPolicy()))
  expect(policy).toEqual(parseNotation(text).policy)
  expect(text.split('\n')[policy.relayDomains[0]!.line! - 1]).toBe('relay-domain some.domain')
})
test('what the text cannot say as exactly keeps its value, and loses its line', () => {
  const domains = [{ domain: '*', retryAfter: [1500], line: 7 }]
  expect(settled({ ...emptyPolicy(), domains }).policy.domains).toEqual([{ domain: '*', retryAfter: [1500] }])
})

const text = '# of the shop\n<domain *>\n  smtp-ca ca.pem   # ours\n  retry-after 10m  # slow\n</domain>\n'
const whole = (wait: number) => [{ domain: '*', ca: { path: '/etc/relay/ca.pem' }, retryAfter: [wait] }]

test('put into the text before, whose comments and short paths stay', () => {
  const made = settled({ ...emptyPolicy(), domains: whole(60_000) }, { text, folder: '/etc/relay' })
  expect(made).toMatchObject({ text: text.replace('10m', '1m'), folder: '/etc/relay', policy: { domains: whole(60_000) } }) // prettier-ignore
  expect(made.policy.domains[0]?.line).toBe(2)
})
test('a text that cannot be edited is written anew, and that is told', () => {
  const policy = { ...emptyPolicy(), domains: whole(60_000) }
  expect(settled(policy, { text: `${text}<domain a>\n` })).toMatchObject({
    text: printNotation(policy),
    anew: true,
  })
  expect(settled(policy, { text: 'relay-domain\n' })).not.toHaveProperty('anew')
})
test('what could be a password beside a smarthost that came is masked', () => {
  const odd = '<domain *>\n  frobnicate geheim\n</domain>\n'
  const [domain] = parseNotation(odd).policy.domains
  const policy = { ...parseNotation(odd).policy, domains: [{ ...domain!, smarthost: { host: 'hub.example', port: 25, tls: 'plain' as const } }] } // prettier-ignore
  expect(settled(policy, { text: odd }).text).toBe('<domain *>\n  smarthost hub.example:25 plain\n  frobnicate ********\n</domain>\n') // prettier-ignore
})
