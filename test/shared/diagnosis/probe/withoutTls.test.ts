import { expect, test } from 'vitest'
import { withoutTls } from '#shared/diagnosis/probe/withoutTls.ts'
import { attempt, facts } from '#test/support/diagnosis/facts.ts'

const bare = (port: number, more = {}) =>
  attempt(port, { mode: 'opportunistic', starttls: false, tls: undefined, ...more })

test('one for each port, whatever the number of addresses; on 25 it is mail that is read', () => {
  const six = { family: 6 as const, address: '2001:db8::1' }
  const found = withoutTls(facts({ attempts: [bare(25), bare(25, six), bare(2526)] }))
  expect(found).toMatchObject([
    { code: 'starttls-not-offered', severity: 'warning', proof: [{ session: 'mail-25-4' }, { session: 'mail-25-6' }] },
    { code: 'starttls-not-offered', severity: 'warning', proof: [{ session: 'mail-2526-4' }] },
  ])
  expect(found[0]!.message).toMatch(/port 25 offers no STARTTLS.*reads the mail/)
  expect(found[1]!.message).toContain('a password as well')
}) // prettier-ignore

test('offered, demanded, wanted in clear, overwritten on the way, or never greeted: not this', () => {
  const others = [
    bare(25, { starttls: true, tls: { version: 'TLSv1.3', verified: true } }),
    bare(25, { mode: 'starttls' }),
    bare(25, { mode: 'none' }),
    bare(25, { masked: true }),
    bare(25, { greeted: false }),
  ]
  expect(withoutTls(facts({ attempts: others }))).toEqual([])
})

test('a port that offers it at another address is not said to offer none', () => {
  const six = attempt(25, { mode: 'opportunistic', family: 6, address: '2001:db8::1' })
  const [found] = withoutTls(facts({ attempts: [bare(25), six] }))
  expect(found!.message).toMatch(/^192\.0\.2\.1 port 25 offers no STARTTLS/)
  expect(found).toMatchObject({ side: 'unknown' })
})
