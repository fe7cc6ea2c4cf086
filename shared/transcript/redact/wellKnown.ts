/**
 * Owns: words that say nothing about anybody, or that the dialogue would not be one without: they are never replaced
 * where they stand alone. A longer thing that holds one (`mail.corp.example`) is replaced as a whole.
 */
import { mechanismNames } from '../../smtp/sasl/mechanisms.ts'
import { knownVerbs } from '../../smtp/grammar/command.ts'

const words = `
  from to size body auth last ok smtp esmtp lmtp utf8 smtputf8 pipelining chunking 8bitmime 7bit binarymime dsn vrfy etrn
  enhancedstatuscodes requiretls deliverby futurerelease limits mt priority starttls tls ssl ret full hdrs envid notify
  never success failure delay orcpt rfc822 xclient xforward proxy tcp4 tcp6 plain login cram md5 scram sha external ntlm
  gssapi xoauth2 oauthbearer digest anonymous
  localhost localdomain local localdomain4 localhost4 localhost6 ip6 ipv4 ipv6 dns example test invalid host domain
  mail mx mta imap pop relay gateway gw server client user users name unknown message messages queued queue id address
  addresses recipient recipients sender mailbox accepted rejected refused denied access authentication authenticated
  successful failed error command syntax required not found available service ready closing connection go ahead end data
  with the and for you your please try again later hello welcome bye this that has have been no yes new quit help noop
  rset subject date received reply via cc bcc content type transfer encoding version text html charset base64 quoted
  printable multipart postmaster abuse hostmaster webmaster root admin administrator info support sales office contact
  noreply newsletter team daemon mailer nobody person certificate verified certain trust authority inc ltd gmbh llc com
  org net edu`

/** In lower case. */
const protectedWords = new Set([
  ...words.split(/\s+/),
  ...knownVerbs.map((verb) => verb.toLowerCase()),
  ...mechanismNames.map((name) => name.toLowerCase()),
])

/** May this stand-alone word stay? Words of two characters are too short to tell who is who and too frequent to replace. */
export const isCommonWord = (word: string): boolean =>
  word.length < 3 || protectedWords.has(word.toLowerCase())

const hosts = new Set([
  'localhost', 'localhost.localdomain', 'relayscope.localhost', 'in-addr.arpa', 'ip6.arpa',
]) // prettier-ignore
export const isCommonHost = (name: string): boolean =>
  hosts.has(name) || (!name.includes('.') && isCommonWord(name))

/** Mailboxes that each domain has (RFC 2142): who they are is in the domain only. */
const roles = new Set([
  'postmaster',
  'abuse',
  'hostmaster',
  'webmaster',
  'mailer-daemon',
  'noreply',
  'no-reply',
])
export const isRole = (local: string): boolean => roles.has(local)
/** As this program's own words write an address. */
export const isCommonAddress = (address: string): boolean => address === 'local@domain'
