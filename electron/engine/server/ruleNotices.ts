/** Owns: rules of a listener that work and differ from what a standard asks, in sentences. Pure. */
import type { ListenerConfig, Limits } from '#shared/rpc/contract/listener.ts'

interface Minimum {
  limit: 'recipients' | 'line' | 'textLine' | 'idle' | 'messageSize'
  least: number
  words: (most: string) => string
  section: string
}

/** RFC 5321 §4.5.3: what a server has to take at least. */
const minimums: readonly Minimum[] = [
  { limit: 'recipients', least: 100, words: (n) => `${n} recipients in a message are fewer than the 100`, section: '§4.5.3.1.8' },
  { limit: 'line', least: 512, words: (n) => `Command lines of ${n} octets are shorter than the 512`, section: '§4.5.3.1.4' },
  { limit: 'textLine', least: 1000, words: (n) => `Lines of content of ${n} octets are shorter than the 1,000`, section: '§4.5.3.1.6' },
  { limit: 'messageSize', least: 65_536, words: (n) => `Messages of ${n} octets are smaller than the 64 KiB`, section: '§4.5.3.1.7' },
  { limit: 'idle', least: 300_000, words: (n) => `${n} milliseconds of silence are less than the 5 minutes`, section: '§4.5.3.2.7' },
] // prettier-ignore

/** Announcements that are not said for their length. */
const mostSaid = 999_999

export function ruleNotices(listener: ListenerConfig, limits: Limits): string[] {
  const below = minimums.flatMap(({ limit, least, words, section }) => {
    const most = limits[limit]
    return most === undefined || most >= least
      ? []
      : [`${words(most.toLocaleString('en-US'))} that a server has to take (RFC 5321 ${section}).`]
  })
  return [...below, ...extensionNotices(listener, limits), ...clearNotices(listener)]
}

/** What is asked for inside TLS only, and does not come about in clear. */
function clearNotices({ tls, clientCertificate = 'off', auth, authOnlyAfterTls }: ListenerConfig): string[] {
  const notices: string[] = []
  if (tls === 'plain' && clientCertificate !== 'off')
    notices.push(
      'A client certificate is asked for inside TLS only, and this listener has none: nobody is asked.',
    )
  if (tls === 'starttls' && clientCertificate === 'required')
    notices.push('A client certificate is required inside TLS only: who does not say STARTTLS needs none.')
  if (tls === 'plain' && authOnlyAfterTls && auth === 'optional')
    notices.push('AUTH is offered after TLS only, and this listener has none: nobody can sign in.')
  return notices
}

function extensionNotices({ extensions, tls }: ListenerConfig, { recipients }: Limits): string[] {
  const has = (name: string) => extensions === undefined || extensions.some((one) => one === name)
  return [
    ...(has('SMTPUTF8') && !has('8BITMIME')
      ? [
          'SMTPUTF8 is announced without 8BITMIME, which it needs (RFC 6531 §3.1); some clients will use neither.',
        ]
      : []),
    ...(extensions?.includes('REQUIRETLS') === true && tls === 'plain'
      ? ['REQUIRETLS is announced inside TLS only, and this listener has none.']
      : []),
    ...(extensions?.includes('LIMITS') === true && recipients > mostSaid
      ? ['The limit on recipients has more than six digits, so that LIMITS cannot name it (RFC 9422 §4).']
      : []),
  ]
}
