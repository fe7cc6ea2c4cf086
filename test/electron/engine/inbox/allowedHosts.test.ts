import { expect, it } from 'vitest'
import { AllowedHosts, hostKey } from '#engine/inbox/allowedHosts.ts'

function hosts(saved: string | null = null) {
  let json = saved
  const store = { getSetting: async () => json, putSetting: async (_key: string, next: string) => void (json = next) } // prettier-ignore
  return new AllowedHosts(store)
}

it('is empty until somebody types a host, and when it cannot be read', async () => {
  expect(await hosts().list()).toEqual([])
  expect(await hosts().allows('mail.example.com')).toBe(false)
  for (const broken of ['{', '{"a":1}', '[1]']) expect(await hosts(broken).list()).toEqual([])
})

it('allows a host by its whole name however it is spelt, and nothing beside it', async () => {
  const list = hosts()
  const typed = ['Mail.Example.COM.', ' 192.0.2.1 ', '[2001:DB8:0::1]', 'bücher.example', 'mail.example.com']
  const keys = ['mail.example.com', '192.0.2.1', '[2001:db8::1]', 'xn--bcher-kva.example']
  expect(await list.set(typed)).toEqual({ ok: true, hosts: keys })
  for (const host of ['MAIL.example.com', '2001:db8::1', 'xn--bcher-kva.example', 'mail.example.com.'])
    expect([host, await list.allows(host)]).toEqual([host, true])
  for (const host of [
    '',
    'example.com',
    'x.mail.example.com',
    'mail.example.com.evil.test',
    '192.0.2.10',
    '*',
  ])
    expect([host, await list.allows(host)]).toEqual([host, false])
})

it('refuses what is no host, each by its place, and keeps the old list', async () => {
  const list = hosts('["a.test"]')
  const answer = await list.set(['*.example.com', 'b.test', 'c.test:25', 'http://d.test/', 'a b'])
  expect(answer).toMatchObject({ ok: false, problems: [{ field: 'hosts[0]', message: expect.stringContaining('wildcard') }, { field: 'hosts[2]', message: expect.stringContaining('write c.test alone') }, { field: 'hosts[3]' }, { field: 'hosts[4]' }] }) // prettier-ignore
  expect(await list.list()).toEqual(['a.test'])
})

it('one key for each spelling', () => {
  expect(['A.test.', 'a.test', '::FFFF', '[::ffff]'].map(hostKey)).toEqual(['a.test', 'a.test', '[::ffff]', '[::ffff]']) // prettier-ignore
})
