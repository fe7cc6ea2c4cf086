import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeAuthority, makeServerCertificate } from '#engine/certs/make.ts'
import { RelayDesk } from '#engine/relay/desk/desk.ts'
import type { RelayRulesNow } from '#engine/relay/types.ts'
import type { ListenerConfig } from '#shared/rpc/contract/server.ts'
import { articlesText } from '#test/support/relay/articles.ts'
import { fakeStore } from '#test/support/server/fakes.ts'
import { createServerOn } from '#test/support/relay/server.ts'
import { emptyFolder, keepLog, memorySecrets, systemClock } from '#test/support/server/place.ts'

async function make(terminal = false) {
  const { store, settings } = fakeStore()
  const [secrets, { log, lines }] = [memorySecrets(), keepLog()]
  const told: RelayRulesNow[] = []
  const options = { store, secrets, clock: systemClock, log, terminal, changed: (now: RelayRulesNow) => void told.push(now) } // prettier-ignore
  const desk = await RelayDesk.open(options, [])
  const server = await createServerOn({ store, secrets, log })
  desk.attach(server)
  const again = async () => {
    const next = await RelayDesk.open(options, [])
    next.attach(server)
    return next
  }
  const relays = async (): Promise<ListenerConfig[]> => (await server.loaded()).listeners.filter(({ relay }) => relay === true) // prettier-ignore
  return { desk, server, secrets, settings, told, again, relays, lines }
}
const free = articlesText.replace('/path/to/cert.pem', '/nowhere/cert.pem')

test('without rules: nobody may relay, nothing is wrong, nothing is open', async () => {
  const { desk } = await make()
  const { rules, problems, text, missing, openRelay } = await desk.shown()
  expect(rules).toEqual([{ number: 1, rule: 'everybody else', hits: 0, since: expect.any(String) }])
  expect([problems, text, missing, openRelay]).toEqual([[], '', [], []])
})
test('the articles’ text is kept as it was typed, masked; after a restart too', async () => {
  const { desk, told, again, settings, secrets } = await make()
  const { saved, rules } = await desk.setRules({ text: free }, true)
  expect(saved).toBe(true)
  expect(rules.text).toBe(free.replace('barbaz', '********'))
  expect(rules.rules[0]).toEqual({ number: 1, rule: 'source 10.0.5.20 always-allow-relaying true', line: 12, hits: 0, since: expect.any(String) }) // prettier-ignore
  expect(told.at(-1)?.secrets.get('user foo')).toBe('barbaz')
  expect([...settings.values()].join()).not.toContain('barbaz')
  expect([...secrets.all.values()].join()).toContain('barbaz')
  const next = await again()
  expect((await next.shown()).text).toBe(rules.text)
  expect((await next.shown()).missing).toEqual([])
})
test('no value behind a misspelt password is kept, shown or told, in a text as in a policy', async () => {
  const { desk, settings, secrets, lines } = await make()
  const text = '<smtp-user foo>\n  pasword geheim\n</smtp-user>\n<domain *>\n  smarthost hub.example\n  smarthst-login geheim\n</domain>\nsmtp-pasword=geheim # pasword geheim\n'
  const { saved, rules } = await desk.setRules({ text }, false)
  expect(saved).toBe(true)
  const policy = { ...rules.policy, unknown: [{ text: 'pasword geheim', within: 'smtp-user foo' }] }
  const crowded = await desk.setRules({ text: '<smtp-user bar> password geheim </smtp-user>' }, false)
  expect(crowded.saved).toBe(false)
  const all = [rules, await desk.shown(), crowded, await desk.read({ policy }), await desk.setRules({ policy }, false), [...settings], [...secrets.all], lines]
  expect(JSON.stringify(all)).not.toContain('geheim')
  expect(rules.problems[0]?.message).toMatch(/it is kept without what stands behind it, which could be a password/)
  expect(rules.missing).toEqual(['user foo'])
}) // prettier-ignore
test('its listeners become the server’s, on loopback until somebody consents, and it is said', async () => {
  const { desk, server, relays } = await make()
  const { rules } = await desk.setRules({ text: free }, true)
  expect((await relays()).map(({ address, port }) => `${address}:${port}`)).toEqual(['127.0.0.1:25', '127.0.0.1:587']) // prettier-ignore
  expect(rules.problems.map(({ line, column, message }) => [line, column, message.slice(0, 40)])).toEqual([
    [1, 15, '0/0:25 can be reached by other machines,'],
    [2, 15, '10.0.1.22:587 can be reached by other ma'],
    [18, 29, 'smtp-server-tls-certificate /nowhere/cer'],
  ])
  const { listeners } = await server.loaded()
  expect(listeners.filter(({ relay }) => relay !== true)).toHaveLength(3)
  await server.configure({ listeners: listeners.map((one) => ({ ...one, ...(one.port === 25 ? { address: '0.0.0.0', allowOutside: true } : {}) })) }) // prettier-ignore
  await desk.setRules({ text: free }, true)
  expect((await relays()).map(({ address }) => address)).toEqual(['0.0.0.0', '127.0.0.1'])
  expect((await desk.shown()).text).toBe(free.replace('barbaz', '********'))
})
test('planned, the listeners are told and not touched, by rules and consent alone: what was allowed before is no consent', async () => {
  const { desk, server, relays } = await make(true)
  await desk.setRules({ text: free }, true, true)
  const before = await relays()
  expect(before.map(({ address, allowOutside }) => [address, allowOutside])).toEqual([['0.0.0.0', true], ['10.0.1.22', true]])
  const { saved, listeners, rules } = await desk.setRules({ text: free }, 'planned')
  expect([saved, listeners?.map(({ address, port, allowOutside }) => [address, port, allowOutside])]).toEqual([true, [['127.0.0.1', 25, false], ['127.0.0.1', 587, false]]])
  expect(rules.problems[0]?.message).toMatch(/it listens on 127\.0\.0\.1 until --allow-outside is given$/)
  expect(await relays()).toEqual(before)
  const inbox = (await server.loaded()).listeners.find(({ relay }) => relay !== true)!
  const taken = await desk.setRules({ text: `smtp-listener 127.0.0.1:${inbox.port}\n` }, 'planned')
  // Who plans says all that is listened on: the Inbox's listeners are in nobody's way.
  expect(taken.rules.problems).toEqual([])
  expect((await desk.setRules({ text: '<domain' }, 'planned')).listeners).toBeUndefined()
}) // prettier-ignore
test('a listener that was changed at the server stands in the text as it is now', async () => {
  const { desk, server } = await make()
  await desk.setRules({ text: free }, true)
  await server.configure({ listeners: [{ address: '127.0.0.1', port: 2600, relay: true, tls: 'implicit', auth: 'optional', authOnlyAfterTls: false, allowOutside: false }] }) // prettier-ignore
  const { text, policy, rules } = await desk.shown()
  expect(text.split('\n')[0]).toMatch(/^smtp-listener 127\.0\.0\.1:2600 tls=implicit +# all local/)
  expect(policy.listeners).toMatchObject([{ address: '127.0.0.1', port: 2600, tls: 'implicit' }])
  expect(text.split('\n')[rules[0]!.line! - 1]).toBe('<source 10.0.5.20>')
})
test('rules with an error change nothing: those that hold stay', async () => {
  const { desk, told, relays } = await make()
  await desk.setRules({ text: free }, true)
  const [before, count] = [desk.rules(), told.length]
  const { saved, rules } = await desk.setRules(
    { text: '<source 10/8>\nsmtp-listener 127.0.0.1:2600\n' },
    true,
  )
  expect(saved).toBe(false)
  expect(rules.problems.map(({ line, column, message }) => `${line}:${column} ${message}`)).toContain('1:1 <source> is not closed; put </source> behind its last line') // prettier-ignore
  expect([desk.rules(), told.length]).toEqual([before, count])
  expect((await relays()).map(({ port }) => port)).toEqual([25, 587])
})
test('the certificate of the rules is shown by the relay’s listeners', async () => {
  const { desk, relays } = await make()
  const authority = await makeAuthority(new Date())
  const { cert, key } = await makeServerCertificate(authority, ['mx.example'], new Date())
  const path = join(await emptyFolder(), 'mx.pem')
  await writeFile(path, cert + authority.cert + key)
  const text = `smtp-listener 127.0.0.1:2600\nsmtp-server-tls-certificate ${path}\n`
  expect(await desk.setRules({ text }, true)).toMatchObject({ saved: true, rules: { problems: [] } })
  expect(await relays()).toMatchObject([{ port: 2600, certificate: 'relay' }])
  await writeFile(path, cert + authority.key)
  const wrong = await desk.setRules({ text }, true)
  expect(wrong.rules.problems[0]).toMatchObject({ severity: 'error', line: 2, column: 29, message: /has a key that does not belong/ }) // prettier-ignore
  await desk.setRules({ text: 'smtp-listener 127.0.0.1:2600\n' }, true)
  expect((await relays())[0]?.certificate).toBeUndefined()
})
test('at a start the file of the certificate is read again: it may be a newer one, or gone', async () => {
  const { desk, server, again, lines } = await make()
  const authority = await makeAuthority(new Date())
  const path = join(await emptyFolder(), 'mx.pem')
  const renew = async (name: string) => {
    const { cert, key } = await makeServerCertificate(authority, [name], new Date())
    await writeFile(path, cert + authority.cert + key)
  }
  await renew('old.example')
  await desk.setRules({ text: `smtp-listener 127.0.0.1:2600\nsmtp-server-tls-certificate ${path}\n` }, true)
  await renew('new.example')
  await (await again()).start()
  expect((await server.certificates()).own).toMatchObject([{ name: 'relay', names: ['new.example'] }])
  const warnings = () => lines.filter(({ level }) => level === 'warn')
  expect(warnings()).toEqual([])
  await rm(path)
  await (await again()).start()
  expect(warnings()).toMatchObject([{ message: /smtp-server-tls-certificate .* cannot be read: there is no such file/ }]) // prettier-ignore
  expect((await server.certificates()).own).toMatchObject([{ names: ['new.example'] }])
})
test('what was said when the rules were set is not said again at the start behind it', async () => {
  const { desk, lines } = await make()
  const { rules } = await desk.setRules({ text: 'smtp-server-tls-certificate /nowhere/cert.pem\n' }, false)
  expect(rules.problems[0]?.message).toMatch(/cannot be read: there is no such file/)
  await desk.start()
  expect(lines.filter(({ level }) => level === 'warn')).toEqual([])
})
test('the name said in EHLO is the server’s saved one', async () => {
  const { server, again } = await make()
  await server.configure({ name: 'mx.example' })
  const next = await again()
  await next.start()
  expect(next.rules().name).toBe('mx.example')
})
test('a form’s policy: secrets that are new, those kept, and those missing', async () => {
  const { desk, told } = await make()
  const { policy } = (await desk.setRules({ text: free }, false)).rules
  const users = [...policy.users, { name: 'bar', method: 'password' as const }]
  const { rules } = await desk.setRules({ policy: { ...policy, users } }, false)
  expect(rules.missing).toEqual(['user bar'])
  expect(rules.text).toContain('<smtp-user bar>\n  password ********\n')
  await desk.setRules({ policy: { ...policy, users }, secrets: { 'user bar': 'pw' } }, false)
  expect([...(told.at(-1)?.secrets ?? [])]).toEqual([['user foo', 'barbaz'], ['user bar', 'pw']]) // prettier-ignore
  expect((await desk.read({ policy: { ...policy, users } })).missing).toEqual([])
})
test('a rule keeps its hits while others are changed around it and over a restart; one that is new begins', async () => {
  const { desk, again } = await make()
  const answer = await desk.setRules({ text: free }, false)
  for (const number of [0, 1, 7, 7, 9]) desk.hit(number)
  expect((await desk.shown()).rules.map(({ hits }) => hits)).toEqual([1, 0, 0, 0, 0, 0, 2, 0])
  const { since } = answer.rules.rules[6]!
  expect(Date.parse(since!)).toBeLessThanOrEqual(Date.now())
  const text = `relay-domain new.example\n${free.replace('<source 10.0.5.20>', '<source 10.0.5.21>')}`
  const changed = await desk.setRules({ text }, false)
  const rows = changed.rules.rules.map(({ rule, hits }) => [rule, hits])
  expect([rows[0], rows[7]]).toEqual([['source 10.0.5.21 always-allow-relaying true', 0], ['source 0/0 require-auth true', 2]])
  expect(changed.rules.rules[7]!.since).toBe(since)
  expect((await desk.read({ text })).rules.map(({ hits, since: began }) => [hits, began])).toEqual(rows.map(() => [0, undefined]))
  await desk.stop()
  expect((await (await again()).shown()).rules.map(({ rule, hits }) => [rule, hits])).toEqual(rows)
}) // prettier-ignore
test('an open relay is tried for at every change, and said', async () => {
  const { desk } = await make()
  await desk.setRules({ text: '<source 0/0>\nalways-allow-relaying yes\n</source>\n' }, true)
  expect(desk.openRelay[0]).toMatch(/^203\.0\.113\.77 may send anywhere/)
  expect(desk.testedAt).toBeInstanceOf(Date)
})
const listenAt = (address: string, more: string) => ({ text: `smtp-listener ${address}:2600\n${more}\n` })
test('rules of an open relay are refused as a whole where others can reach a listener, and those that hold stay', async () => {
  const { desk, told, relays } = await make()
  const open = '<source 0/0>\nalways-allow-relaying yes\n</source>'
  await desk.setRules(listenAt('0/0', 'relay-domain kept.example'), true, true)
  const [before, count, places] = [desk.rules(), told.length, await relays()]
  const error = { severity: 'error', line: 1, column: 15, message: expect.stringMatching(/^other machines can reach 0\.0\.0\.0:2600, and an open relay may listen on this computer only, so that these rules are not taken; /) }
  for (const listeners of [true, false, 'planned'] as const) {
    const answer = await desk.setRules(listenAt('0/0', open), listeners, true)
    expect(answer).toMatchObject({ saved: false, rules: { problems: expect.arrayContaining([expect.objectContaining(error)]) } })
  }
  expect((await desk.read(listenAt('0/0', open))).problems).toContainEqual(expect.objectContaining(error))
  expect([desk.rules(), told.length, await relays()]).toEqual([before, count, places])
  expect((await desk.shown()).problems).toEqual([])
  // On this computer alone they may run, and the words say so.
  const local = await desk.setRules(listenAt('127.0.0.1', open), true, true)
  expect(local).toMatchObject({ saved: true, rules: { problems: [{ severity: 'warning', message: expect.stringMatching(/It may listen on this computer only\.$/) }, {}] } })
  expect((await relays()).map(({ address }) => address)).toEqual(['127.0.0.1'])
}) // prettier-ignore
test('settings and allowed hosts reach who goes by them at once', async () => {
  const { desk, told } = await make()
  expect(await desk.setSettings({ delivery: { to: 'inbox' } })).toEqual([])
  desk.allow(['gannet.example'])
  expect(told.at(-1)).toMatchObject({ settings: { delivery: { to: 'inbox' } }, allowed: ['gannet.example'] })
  expect(await desk.setSettings({ resolver: 'x' })).toMatchObject([{ field: 'resolver' }])
})
test('the command line is told of its option', async () => {
  const { desk } = await make(true)
  expect((await desk.read({ text: 'smtp-listener 0/0:2600' })).problems[0]?.message).toMatch(/until --allow-outside is given$/) // prettier-ignore
})

test('authorities of the rules are there once the rules hold, after a restart too, and their folder with them', async () => {
  const { desk, told, again } = await make()
  const folder = await emptyFolder()
  const path = join(folder, 'ca.pem')
  const { cert } = await makeAuthority(new Date())
  await writeFile(path, cert)
  const text = '<domain *>\nsmtp-ca ca.pem\n</domain>\n'
  expect((await desk.setRules({ text, folder }, false)).saved).toBe(true)
  const pem = `${cert.trim()}\n`
  expect(told.at(-1)?.authorities?.get(path)?.pem).toBe(pem)
  expect(await desk.shown()).toMatchObject({ text, problems: [], policy: { domains: [{ ca: { path } }] } })
  // A text that a person changed in the page says nothing of a folder.
  const more = `${text}relay-domain a.example\n`
  expect((await desk.read({ text: more })).problems).toEqual([])
  expect((await desk.setRules({ text: more }, false)).saved).toBe(true)
  const next = await again()
  expect(next.rules().authorities?.size).toBe(0)
  await next.start()
  expect(next.rules().authorities?.get(path)?.pem).toBe(pem)
  await rm(path)
  const { saved, rules } = await desk.setRules({ text: more }, false)
  expect([saved, rules.problems[0]?.message]).toEqual([false, expect.stringMatching(/ca\.pem cannot be read: there is no such file; put it there/)])
  expect(told.at(-1)?.authorities?.size).toBe(1)
}) // prettier-ignore
test('imported, edited in a form, exported: one line is another, and passwords, comments and what is unknown are kept', async () => {
  const { desk, told, again } = await make()
  const text = `# the relay of the shop\n\n${free.replaceAll(/^smtp-listener.*\n/gm, '')}spool /var/spool  # not ours\n<acct x>\n  records d\n</acct>\n# the end\n`
  const { rules } = await desk.setRules({ text }, false)
  const { policy } = rules
  const domains = policy.domains.map((one) => ({ ...one, retryAfter: [120_000] }))
  const { saved, rules: now } = await desk.setRules({ policy: { ...policy, domains } }, false)
  const masked = text.replace('barbaz', '********')
  expect([saved, now.text]).toEqual([true, masked.replace(/(refuse to deliver in clear\n)/, '$1  retry-after 2m\n')])
  expect(now.policy.domains[0]).toMatchObject({ retryAfter: [120_000], line: policy.domains[0]?.line })
  expect(now.problems.map(({ message }) => message).join()).not.toContain('anew')
  expect(told.at(-1)?.secrets.get('user foo')).toBe('barbaz')
  expect((await (await again()).shown()).text).toBe(now.text)
  expect((await desk.setRules({ policy }, false)).rules.text).toBe(masked)
}) // prettier-ignore
test('a pattern with a # is saved as what it is, one with a line end is refused', async () => {
  const { desk, again } = await make()
  const { policy } = (await desk.setRules({ text: '<virtual-mta m>\n</virtual-mta>\n' }, false)).rules
  const rule = { of: 'header' as const, field: 'Subject', pattern: '/a #b/', virtualMta: 'm' }
  expect((await desk.setRules({ policy: { ...policy, virtualMtaRules: [rule] } }, false)).saved).toBe(true)
  const shown = await (await again()).shown()
  expect([shown.policy.virtualMtaRules, shown.problems]).toEqual([[{ ...rule, line: 3 }], []])
  const wrong = await desk.setRules({ policy: { ...policy, virtualMtaRules: [{ ...rule, pattern: '/a\nb/' }] } }, false)
  expect(wrong).toMatchObject({ saved: false, rules: { problems: [{ field: 'virtualMtaRules[0].pattern' }] } })
}) // prettier-ignore
test('users who swap their names keep their passwords, also after a restart; who is not renamed gets none', async () => {
  const { desk, told, again } = await make()
  await desk.setRules({ text: '<smtp-user ann>\npassword of-ann\n</smtp-user>\n<smtp-user bob>\npassword of-bob\n</smtp-user>\n' }, false)
  const rename = async (from: string, to: string) => {
    const { policy } = await desk.shown()
    const users = policy.users.map((one) => (one.name === from ? { ...one, name: to } : one))
    const input = { policy: { ...policy, users }, renamed: { from, to } }
    expect([(await desk.read(input)).missing, (await desk.setRules(input, false)).saved]).toEqual([[], true])
  }
  await rename('ann', 'x')
  await rename('bob', 'ann')
  await rename('x', 'bob')
  expect(Object.fromEntries(told.at(-1)!.secrets)).toEqual({ 'user ann': 'of-bob', 'user bob': 'of-ann' })
  const next = await again()
  expect(Object.fromEntries(next.rules().secrets)).toEqual({ 'user ann': 'of-bob', 'user bob': 'of-ann' })
  const late = await next.setRules({ text: '<smtp-user carl>\n</smtp-user>\n' }, false)
  expect([late.saved, late.rules.missing]).toEqual([true, ['user carl']])
}) // prettier-ignore
