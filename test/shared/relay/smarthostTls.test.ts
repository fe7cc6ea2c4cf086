import { assert, constantFrom, option, property, record, boolean } from 'fast-check'
import { expect, test } from 'vitest'
import { hostDemand } from '#engine/relay/route/oneHost.ts'
import { namesThisComputer, saysPasswordInClear, smarthostTlsWords } from '#shared/relay/smarthostTls.ts'

const from = { useStarttls: 'domain u', requireStarttls: 'domain r', retryAfter: '', bounceAfter: '', ca: 'domain c' } // prettier-ignore
const unsaid = { ...from, requireStarttls: 'default' }
const rules = (change: object = {}) => ({
  useStarttls: true,
  requireStarttls: false,
  from: unsaid,
  ...change,
})
const place = (tls: 'plain' | 'starttls' | 'implicit', user?: string, host = 'hub.example') =>
  ({ host, port: 587, tls, ...(user === undefined ? {} : { user }) }) // prettier-ignore

test.each([
  [place('starttls'), rules(), 'TLS required (smarthost)'],
  [place('implicit'), rules(), 'TLS required from the start (smarthost)'],
  [place('plain'), rules(), 'In clear (smarthost, set plain)'],
  [place('plain'), null, 'In clear (smarthost, set plain)'],
  [place('plain'), rules({ requireStarttls: true, from }), 'TLS required (domain r)'],
  [place('starttls'), rules({ useStarttls: false }), 'TLS not used (domain u)'],
  [place('starttls'), rules({ from }), 'TLS when offered (domain r)'],
  [place('starttls'), rules({ from, requireStarttls: true }), 'TLS required (smarthost)'],
  [place('implicit'), rules({ from }), 'TLS required from the start (smarthost)'],
  [place('starttls'), rules({ from, ca: '/ca.pem' }), 'TLS required, with a certificate for hub.example (smtp-ca, domain c)'],
  [place('starttls', 'ann'), rules({ from }), 'TLS required, with a certificate for hub.example (smarthost, with a password)'],
  [place('starttls', 'ann', 'localhost'), rules({ from }), 'TLS required (smarthost)'],
  [place('implicit'), rules({ useStarttls: false }), 'TLS required from the start (smarthost)'],
  [place('starttls'), rules({ ca: '/ca.pem' }), 'TLS required, with a certificate for hub.example (smtp-ca, domain c)'],
  [place('starttls', 'ann'), rules(), 'TLS required, with a certificate for hub.example (smarthost, with a password)'],
  [place('plain', 'ann'), rules(), 'Waits: the password would go there in clear (smarthost, set plain)'],
  [place('plain', 'ann', 'localhost'), rules(), 'In clear (smarthost, set plain)'],
  [place('starttls', 'ann', '[::1]'), rules({ useStarttls: false }), 'TLS required (smarthost)'],
])('%j by %j: %s', (host, by, words) => { expect(smarthostTlsWords(host, 'smarthost', by)).toBe(words) }) // prettier-ignore

test('the words say what the way does', () => {
  const given = record({
    tls: constantFrom('plain', 'starttls', 'implicit'),
    user: option(constantFrom('ann'), { nil: undefined }),
    host: constantFrom('hub.example', '127.0.0.1'),
    by: option(record({ useStarttls: boolean(), requireStarttls: boolean(), ca: option(constantFrom('/ca.pem'), { nil: undefined }), from: constantFrom(from, unsaid) }), { nil: null }), // prettier-ignore
  })
  const heads = { opportunistic: /^TLS when offered/, off: /^(In clear|TLS not used)/, required: /^TLS required(?!.*certificate)/, verified: /^TLS required.*certificate for/ } // prettier-ignore
  assert(
    property(given, ({ tls, user, host, by }) => {
      const [where, own] = [place(tls, user, host), by && rules({ ...by, useStarttls: by.useStarttls || by.requireStarttls })] // prettier-ignore
      const demand = hostDemand({ place: where, called: 'smarthost', requireTls: false, rules: own }, namesThisComputer(host)) // prettier-ignore
      const words = smarthostTlsWords(where, 'smarthost', own)
      if (demand === null) expect(words).toMatch(/^Waits/)
      else if (demand.level in heads) expect(words).toMatch(Reflect.get(heads, demand.level))
      else throw new Error(demand.level)
      expect(saysPasswordInClear(where)).toBe(demand === null)
    }),
  )
})

test.each([['localhost', true], ['LOCALHOST', true], ['127.9.9.9', true], ['[IPv6:::1]', true], ['::ffff:127.0.0.1', true], ['10.0.0.1', false], ['localhost.example', false], ['', false]])(
  '%j is this computer: %s', (host, is) => { expect(namesThisComputer(host)).toBe(is) }) // prettier-ignore
