/** Rules of a relay that are wrong, through the real command line: `serve --config` and `relay check` say the same of them. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { certificate, folder, listens, mail, noSwaks, queued, start, startInbox, startRelay, swaks } from '#test/support/relay/serveRelay.ts' // prettier-ignore

let count = 0

/** Both ways to ask: the server that would run, and the check alone. */
async function told(text: string, ...check: string[]): Promise<{ serve: string; check: string; status: (number | null)[] }> {
  const file = join(folder(), `bad${++count}.conf`)
  writeFileSync(file, text)
  const serve = start(['serve', '--data', join(folder(), `bad${count}`), '--config', file])
  const checked = start(['relay', 'check', file, ...check])
  const [one, other] = [await serve.ended, await checked.ended]
  const plain = (words: string) => words.replaceAll(file, 'relay.conf')
  return { serve: plain(one.err), check: plain(other.err), status: [one.status, other.status] }
} // prettier-ignore

describe('rules that are wrong: line, column, remedy, and status 2', () => {
  const prefix =
    'an address such as 10.0.5.20, a network such as 10.0.0.0/8 or 2001:db8::/32, or 0/0 for everybody'
  const listener = 'smtp-listener 127.0.0.1:26701\n'
  test.each([
    [
      'a missing closing tag',
      `${listener}<source 10.0.0.0/8>\nrequire-auth true\nrelay-domain a.example\n`,
      'relay.conf:2:1: error: <source> is not closed; put </source> behind its last line\n' +
        'relay.conf:4:1: warning: relay-domain a.example stands in <source 10.0.0.0/8>, where it does nothing; put it outside, behind </source>\n',
    ],
    [
      'wrong networks',
      `${listener}<source 10.0.0.0/33>\n</source>\n<source 10.0.5.20/8>\n</source>\n`,
      `relay.conf:2:9: error: <source> "10.0.0.0/33" has a prefix length that is none of 0 to 32; write ${prefix}\n` +
        'relay.conf:4:9: error: <source> "10.0.5.20/8" names a host inside its network; write 10.0.0.0/8 for the network, or 10.0.5.20 for the host\n',
    ],
    [
      'two listeners on one port',
      `${listener}smtp-listener 127.0.0.1:26701 tls=implicit\n`,
      'relay.conf:2:15: error: port 26701 is listened on already in line 1; take one of the two out\n',
    ],
  ])('%s', async (_name, text, words) => {
    const { serve, check, status } = await told(text)
    expect(check).toBe(words)
    expect(serve.startsWith(words)).toBe(true)
    expect(serve).toContain('Would listen on 127.0.0.1:26701, starttls\n')
    expect(serve).toMatch(/relay\.conf has errors: nothing is listened on\.\n$/)
    expect(status).toEqual([2, 2])
  })
  test('a certificate that does not match its key', async () => {
    const [one, other] = [readFileSync(certificate(), 'utf8'), readFileSync(certificate(), 'utf8')]
    const path = join(folder(), 'mismatch.pem')
    writeFileSync(path, one.slice(0, one.indexOf('-----BEGIN PRIVATE')) + other.slice(other.indexOf('-----BEGIN PRIVATE'))) // prettier-ignore
    const { serve, check, status } = await told(`${listener}smtp-server-tls-certificate ${path}\n`)
    const words = `relay.conf:2:29: error: smtp-server-tls-certificate ${path} has a key that does not belong to its certificate; put in the key that it was made with\n`
    expect([check, serve.startsWith(words), status]).toEqual([words, true, [2, 2]])
    expect(serve).not.toContain('PRIVATE KEY')
  })
  test('a pattern that would backtrack for ever elsewhere is taken, and decides at once', async () => {
    const inbox = await startInbox()
    const text = listens(`relay-address /^(a+)+@(a|a?)+$/\nrelay-domain some.domain\n`)
    const { port, cli } = await startRelay(text, '--deliver-to', `127.0.0.1:${inbox.port}`)
    const long = `${'a'.repeat(60)}@${'a'.repeat(60)}`
    expect(cli.err).not.toMatch(/error|warning/)
    if (noSwaks !== '') return
    expect(await swaks(port, ...mail('x@y.example', `${long}.b`))).toContain('550 5.7.1 Relaying denied')
    expect(await swaks(port, ...mail('x@y.example', long))).toMatch(queued)
  })

  test('an open relay is said, runs on this computer only, and never for others', async () => {
    const { cli, port, file } = await startRelay(listens('<source 0/0>\nalways-allow-relaying yes\n</source>\n'), '--deliver-to', 'inbox') // prettier-ignore
    expect(cli.err).toContain(`${file}: warning: This is an open relay. 203.0.113.77 may send anywhere: source 0/0 always-allow-relaying true in line 2 decides.`) // prettier-ignore
    expect(cli.err).toContain(`Listening on 127.0.0.1:${port},`)
    await cli.stop()
    writeFileSync(file, readFileSync(file, 'utf8').replace('127.0.0.1', '0.0.0.0'))
    const outside = start(['serve', '--data', join(folder(), 'open'), '--config', file, '--allow-outside'])
    const { status, err } = await outside.ended
    expect(err).toContain(`${file}:1:15: error: other machines can reach 0.0.0.0:${port}, and an open relay may listen on this computer only, so that these rules are not taken; `) // prettier-ignore
    expect(err).toContain(`${file} has errors: nothing is listened on.`)
    expect(status).toBe(2)
  })
})
