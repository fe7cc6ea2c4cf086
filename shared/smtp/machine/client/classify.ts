/**
 * Owns: which finding a refusing reply (4xx or 5xx) means, by the command it answers, its code, its enhanced code, and
 * where these say too little, words of its text. Replies of known products differ; where nothing fits the general code
 * of the phase is taken, never a guess.
 */
import type { FindingCode } from '../advice.ts'
import type { Reply } from '../types.ts'

type Rule = { code?: number[]; enhanced?: RegExp; text?: RegExp; means: FindingCode }

const authRules: Rule[] = [
  { code: [421], means: 'auth-too-many' },
  { code: [535], means: 'auth-rejected' },
  { code: [432, 454], means: 'auth-temporary' },
  { code: [534], means: 'auth-too-weak' },
  { code: [538, 530], means: 'auth-needs-tls' },
  { code: [504], means: 'auth-no-common-mechanism' },
  { code: [500, 502, 503], means: 'auth-not-offered' },
]

/** With a token the same reply says something about the token. */
const tokenRules: Rule[] = [{ code: [535], means: 'auth-token-rejected' }, ...authRules]
const tokenMechanism = /^(?:XOAUTH2|OAUTHBEARER)$/iu

const needsLogin: Rule[] = [
  { code: [530], text: /starttls|tls/iu, means: 'auth-needs-tls' },
  { code: [530], means: 'auth-required' },
]

const resources: Rule[] = [
  { enhanced: /^[45]\.3\.4$/u, means: 'size-exceeded' },
  { code: [552], text: /size|large|big/iu, means: 'size-exceeded' },
  { enhanced: /^[45]\.2\.2$/u, means: 'mailbox-full' },
  { enhanced: /^[45]\.6\.7$/u, means: 'utf8-not-supported' },
  { code: [450, 451], text: /gr[ea]ylist/iu, means: 'greylisted' },
  { enhanced: /^4\.7\.28$|^4\.7\.0$/u, text: /rate|too many|too fast|throttl/iu, means: 'rate-limited' },
  { code: [450, 451, 452], text: /rate limit|too many|too fast|throttl/iu, means: 'rate-limited' },
]

const mailRules: Rule[] = [
  ...needsLogin,
  ...resources,
  { enhanced: /^5\.7\./u, text: /auth|log ?in|credential/iu, means: 'sender-needs-auth' },
]

/** As servers without enhanced codes say it; `Your IP address is listed` says nothing about the recipient. */
const unknownRecipient =
  /no such|no mailbox|\b(?:user|mailbox|recipient|account)\b|\baddress\b.{0,40}(?:unknown|invalid|not found|not exist|rejected)|(?:unknown|invalid|bad)\b.{0,20}\baddress\b/iu

const rcptRules: Rule[] = [
  ...needsLogin,
  ...resources,
  { enhanced: /^[45]\.1\.(?:1|2|3|6|10)$/u, means: 'recipient-unknown' },
  { text: /relay/iu, means: 'relay-denied' },
  { code: [551], means: 'relay-denied' },
  { code: [552], means: 'mailbox-full' },
  // X.7.x is policy (RFC 3463 §3.8): its texts speak of addresses and users too, mostly of ours.
  { enhanced: /^[45]\.7\./u, means: 'recipient-rejected' },
  { code: [550, 553], text: unknownRecipient, means: 'recipient-unknown' },
]

const contentRules: Rule[] = [
  ...resources,
  { text: /bare (?:<?[cl][rf]>?|newline|line ?feed)/iu, means: 'bare-newline-rejected' },
  { code: [500], text: /line.{0,20}too long/iu, means: 'line-too-long' },
]

const rulesOf: Record<string, { rules: Rule[]; otherwise: FindingCode }> = {
  AUTH: { rules: authRules, otherwise: 'auth-rejected' },
  MAIL: { rules: mailRules, otherwise: 'sender-rejected' },
  RCPT: { rules: rcptRules, otherwise: 'recipient-rejected' },
  DATA: { rules: [...needsLogin, ...resources], otherwise: 'data-rejected' },
  BDAT: { rules: contentRules, otherwise: 'content-rejected' },
  final: { rules: contentRules, otherwise: 'content-rejected' },
}

/**
 * Null when a refusal of this verb means nothing by itself (NOOP, RSET, a person's own line). `mechanism`: of AUTH, where
 * it is known.
 */
export function classify(verb: string, reply: Reply, mechanism?: string | null): FindingCode | null {
  const group = rulesOf[verb]
  if (group === undefined) return null
  const rules = verb === 'AUTH' && tokenMechanism.test(mechanism ?? '') ? tokenRules : group.rules
  const text = reply.text.join(' ').slice(0, 2000)
  for (const rule of rules) {
    if (rule.code && !rule.code.includes(reply.code)) continue
    if (rule.enhanced && !rule.enhanced.test(reply.enhanced ?? '')) continue
    if (rule.text && !rule.text.test(text)) continue
    return rule.means
  }
  if (verb === 'AUTH' && reply.code < 500) return 'auth-temporary'
  return group.otherwise
}
