/**
 * Owns: what a provider means by a reply, known by the words in it. Many providers give one code for many things, so the
 * text decides and never the code. Texts change: each row says what was read, and when. A reply that nobody quoted where
 * it could be read has no row, nor one whose words are no single provider's.
 */
export interface ProviderReply {
  readonly provider: string
  /** Any of these stands in the reply; lower case, without what varies (addresses, names, numbers). */
  readonly says: readonly string[]
  readonly words: string
  readonly next: string
  /** YYYY-MM-DD: when `source` was read. */
  readonly checked: string
  /** What was read: “the provider’s page …”, or “replies quoted by …”. */
  readonly source: string
}

/** The day on which the sources below were read, from stored copies that may be older than that. */
const checked = '2026-11-22'

interface Source {
  provider: string
  source: string
}

const from =
  ({ provider, source }: Source) =>
  (says: string | readonly string[], words: string, next: string): ProviderReply => ({
    provider,
    says: typeof says === 'string' ? [says] : says,
    words,
    next,
    checked,
    source,
  })

// What was read, and of whom: the provider's own page, or replies that others collected and quote.
const sisimai = 'quoted by the Sisimai project’s rules'
const quoted = 'quoted in public code and logs'

const gmail = from({ provider: 'Gmail', source: `Google’s page “Gmail SMTP errors and codes”, ${sisimai}` })
const gmailSeen = from({ provider: 'Gmail', source: `replies ${quoted}` })
const microsoft = from({
  provider: 'Microsoft 365',
  source:
    'Microsoft’s page “Email nondelivery reports (NDRs) and SMTP errors in Exchange Online”, 2026-08-24',
})
const microsoftSeen = from({ provider: 'Microsoft 365', source: `replies ${quoted}` })
const yahoo = from({ provider: 'Yahoo', source: `replies ${sisimai}` })
const apple = from({ provider: 'Apple iCloud Mail', source: `replies ${sisimai}` })
const amazon = from({
  provider: 'Amazon SES',
  source: 'Amazon’s page “Errors related to the sending quotas for your Amazon SES account”',
})
const amazonVerify = from({
  provider: 'Amazon SES',
  source: 'Amazon’s page “Why do I get a 554 or 400 Message rejected error”',
})
const amazonSeen = from({ provider: 'Amazon SES', source: `replies ${quoted}` })
const sendgrid = from({
  provider: 'Twilio SendGrid',
  source: 'Twilio’s page “SMTP Errors and Troubleshooting”',
})
const sendgridSeen = from({ provider: 'Twilio SendGrid', source: `replies ${quoted}` })
const mailgun = from({ provider: 'Mailgun', source: `replies ${quoted}` })
const zoho = from({ provider: 'Zoho', source: 'Zoho’s page “SMTP Error Codes” of ZeptoMail' })
const gmx = from({ provider: 'GMX and WEB.DE', source: `replies ${quoted}` })
const mimecast = from({
  provider: 'Mimecast',
  source: `Mimecast’s page “Mimecast SMTP Error Codes”, ${sisimai}`,
})
const proofpoint = from({
  provider: 'Proofpoint',
  source: `replies ${sisimai}; Proofpoint’s page “PDR IP Lookup FAQ”`,
})
const spamhaus = from({
  provider: 'Spamhaus',
  source: `replies ${quoted}; Spamhaus’s page “DNSBL Usage FAQ”`,
})

const retryLater = 'A good client tries again later, and more slowly.'

const large: readonly ProviderReply[] = [
  gmail('username and password not accepted', 'User name or password is wrong, or the account asks for an app password.', 'Use an app password (two-step sign-in has to be on), or OAuth. The account’s own password is not taken.'),
  gmail('application-specific password required', 'The account has two-step sign-in, so its own password is not taken.', 'Make an app password in the Google account and use it here.'),
  gmailSeen('log in via your web browser', 'Google does not trust this sign-in yet.', 'Sign in with a browser once, then try again; or use OAuth.'),
  gmail('must issue a starttls command first', 'Nothing is taken before TLS.', 'Say STARTTLS first.'),
  gmail(['senders to authenticate with either spf or dkim', 'fails to pass authentication checks'], 'The message is unauthenticated: neither SPF nor DKIM passed for the sender’s domain.', 'Publish SPF for this server’s address, or sign with DKIM.'),
  gmail(['senders to authenticate with spf', 'senders to authenticate their email with spf'], 'SPF did not pass, and a bulk sender needs it beside DKIM.', 'Publish an SPF record that names this server’s address.'),
  gmail(['senders to authenticate with dkim', 'senders to authenticate their email with dkim'], 'DKIM did not pass, and a bulk sender needs it beside SPF. Gmail’s 7.30 is not the 7.30 of REQUIRETLS.', 'Sign with DKIM and check the key in DNS.'),
  gmail('senders to use tls/ssl for smtp', 'The message came without TLS. Gmail’s 7.29 is not the 7.29 of ARC.', 'Say STARTTLS before MAIL.'),
  gmail('aligned with either the authenticated spf or dkim', 'The domain in From is neither the one of SPF nor the one of DKIM.', 'Sign with the From domain, or send from the domain of SPF.'),
  gmail("is not accepted due to domain's dmarc policy", 'The owner of the From domain asks receivers to refuse what fails DMARC, and this failed.', 'Send by a server that this domain’s SPF or DKIM covers.'),
  gmail('hard fail policy (-all)', 'The sender’s SPF record ends with -all and does not name this server’s address.', 'Add this server’s address to the SPF record.'),
  gmail(['an unusual rate of unsolicited mail', 'an unusual rate of mail'], 'Too much mail that looks unwanted comes from this address or domain.', retryLater),
  gmail('very low reputation of the sending', 'This address or domain has a very bad reputation at Gmail.', 'Look at Google Postmaster Tools; stop what people mark as spam.'),
  gmailSeen('the email account that you tried to reach does not exist', 'There is no such mailbox at Gmail or in this Workspace.', 'Check the address for typing errors. The same will fail again.'),
  gmail('is over quota', 'The recipient’s mailbox is full.', 'Tell the recipient by another way.'),
  gmail('inbox is out of storage space', 'The recipient’s mailbox is full.', 'Tell the recipient by another way.'),
  gmail('mail relay denied', 'The Workspace relay does not know this address or domain.', 'Register the sending address in the Workspace SMTP relay settings, or sign in.'),
  gmail('tls required for rcpt domain', 'The recipient’s domain takes mail only inside TLS.', 'Say STARTTLS before MAIL.'),
  microsoftSeen('smtpclientauthentication is disabled for the tenant', 'Signing in over SMTP is switched off for the whole organization. The password is not at fault.', 'An administrator allows SMTP AUTH for the organization or for this mailbox; better, use OAuth.'),
  microsoftSeen('authentication unsuccessful, basic authentication is disabled', 'Signing in with a user name and password is switched off for this account. The password is not at fault.', 'Use OAuth (XOAUTH2). An app password is a password too, and refused as well.'),
  microsoftSeen('server busy. please try again later from', 'Microsoft slows this address down: it is new there, or too much came at once.', retryLater),
  microsoftSeen("locked by your organization's security defaults policy", 'Security defaults forbid signing in with a password only.', 'Use OAuth, or have an administrator change the policy.'),
  microsoft('client was not authenticated to send anonymous mail', 'Nobody has signed in, and this endpoint takes mail only from who has.', 'Sign in first; the host for mail without signing in is the domain’s MX.'),
  microsoft('does not pass dmarc verification', 'The From domain fails DMARC, and its owner asks to refuse that.', 'Send by a server that this domain’s SPF or DKIM covers.'),
  microsoft('access denied, banned sending ip', 'This address is banned.', 'Ask for its removal in Microsoft’s delist portal.'),
  microsoft('access denied, banned sender', 'This account, address or domain is banned, because spam was seen from it.', 'Look at the account for misuse. An administrator asks Microsoft’s support; for a banned address, delist@microsoft.com.'),
  microsoft('access denied, bad helo', 'The client introduced itself with the server’s own name.', 'Say the client’s own name in EHLO.'),
  microsoft('must have a reverse dns record', 'An IPv6 address that sends needs a PTR record, and this one has none.', 'Publish the PTR record, or send over IPv4.'),
  microsoftSeen('part of their network is on our block list', 'The network of this address is on Microsoft’s own block list.', 'The provider of the network asks for removal.'),
  microsoft('access denied, please try again later', 'Something suspicious was seen, and this sender is slowed down while Microsoft looks at it.', retryLater),
  microsoft('using customer block list', 'The recipient’s organization itself blocks this address.', 'Only the recipient’s administrator can change that.'),
  yahoo('temporarily deferred due to unexpected volume or user complaints', 'Too much mail came at once, or people complained. A poor reputation gives the same words.', retryLater),
  yahoo('will be permanently deferred', 'This address is refused until Yahoo looks at it again; its 4yz will not pass by waiting.', 'Stop sending, find the cause, then ask through the Sender Hub.'),
  yahoo('yahoo requires all senders to authenticate', 'Neither SPF nor DKIM passed for the sender’s domain.', 'Publish SPF for this server’s address, or sign with DKIM.'),
  yahoo(["because the ip is in spamhaus's list", 'not accepted from ip addresses on spamhaus'], 'This address is on a Spamhaus list, which Yahoo asks.', 'Look the address up at check.spamhaus.org and have it removed there.'),
  yahoo('not accepted for policy reasons', 'The content, its links or the sender look unwanted.', 'Look at the links and the authentication; the same message will be refused again.'),
  yahoo('user is receiving mail too quickly', 'This mailbox gets too much at once.', retryLater),
  apple('message rejected due to local policy', 'Apple’s filters refused the message: reputation, links or authentication.', 'Check SPF, DKIM, DMARC and the links; then write to Apple’s postmaster with the reply.'),
  apple('deferred due to excessive volume', 'Too much mail came for this mailbox.', retryLater),
  apple('blocked for failing both spf and dkim', 'Neither SPF nor DKIM passed.', 'Publish SPF for this server’s address, or sign with DKIM.'),
] // prettier-ignore

const others: readonly ProviderReply[] = [
  amazon('maximum sending rate exceeded', 'More messages a second than the account may send. The message was not kept.', 'Send more slowly and try this one again within minutes.'),
  amazon('daily message quota exceeded', 'The account has sent what it may send in 24 hours.', 'Wait, or ask Amazon for a higher quota.'),
  amazonVerify('email address is not verified', 'The account is in the sandbox, or the sender’s identity is not verified in this region.', 'Verify the address or domain in the region of this host, or leave the sandbox.'),
  amazonSeen('authentication credentials invalid', 'User name or password is wrong. SMTP credentials of SES are not the AWS access key.', 'Make SMTP credentials in the SES console of this region.'),
  sendgridSeen('does not match a verified sender identity', 'The From address is no verified sender identity of the account.', 'Verify the address or its domain in the account.'),
  sendgrid('not authorized to send from that email address', 'The From address is no verified sender identity of the account.', 'Verify the address or its domain in the account.'),
  sendgridSeen('maximum credits exceeded', 'The account has used up what it may send.', 'Wait for the next day or month, or take a larger plan.'),
  mailgun('free accounts are for test purposes only', 'The account is a free one, which sends only to recipients that have agreed.', 'Add the recipient to the authorized ones in the account, or upgrade it.'),
  zoho('relaying disallowed as', 'The From address does not belong to the account that signed in.', 'Send from an address of this account, or add the domain to it.'),
  zoho('subject is mandatory', 'The message has no Subject, and this service asks for one.', 'Write a Subject.'),
  gmx('ip address is block listed', 'This address is on a block list, so the server does not even greet.', 'Open the link in the reply: it says which list and how to get off it.'),
  mimecast(['internal resource temporarily unavailable', 'internal resources are temporarily unavailable'], 'Greylisting, or a check of the address’s reputation: nothing is broken.', 'A good client tries again, not before a minute and for 12 hours.'),
  mimecast('administrative prohibition envelope blocked', 'A policy of the recipient’s organization blocks this sender or address.', 'Only the recipient’s Mimecast administrator can change that.'),
  mimecast('anti-spoofing policy', 'The sender uses a domain of the recipient’s own organization from outside.', 'The recipient’s administrator allows this server for the domain.'),
  proofpoint(['ipcheck.proofpoint.com', 'support.proofpoint.com/dnsbl-lookup'], 'Proofpoint’s reputation service (PDR) blocks this address.', 'Open the link in the reply and ask for removal.'),
  spamhaus(['pbl.spamhaus.org', 'spamhaus.org/pbl'], 'The address is on the Policy Blocklist: its network says that it does not send mail directly.', 'Send through the provider’s submission server on port 587 or 465.'),
  spamhaus('error: open resolver', 'The receiving server asked Spamhaus through a public DNS resolver, which gets no answer: the sender is not at fault.', 'The receiving server’s operator uses a resolver of their own.'),
  spamhaus(['spamhaus.org/dbl', 'dbl.spamhaus.org'], 'A domain in the message is on the Domain Blocklist.', 'Look the domain up at check.spamhaus.org.'),
  spamhaus(['zen.spamhaus.org', 'sbl.spamhaus.org', 'xbl.spamhaus.org', 'spamhaus.org/query', 'check.spamhaus.org', 'listing in spamhaus'], 'The sending address is on a Spamhaus list, which this server asks.', 'Look the address up at check.spamhaus.org: it says why, and how to get off.'),
] // prettier-ignore

export const providerReplies: readonly ProviderReply[] = [...large, ...others]

/** Characters of a reply that are looked at. */
const looked = 2000

/** The row whose words stand in the reply; the first wins, so what is more exact stands first. */
export function providerReply(text: string): ProviderReply | undefined {
  // A reply of several lines breaks its sentences anywhere.
  const said = text.slice(0, looked).toLowerCase().replace(/\s+/g, ' ')
  return providerReplies.find(({ says }) => says.some((words) => said.includes(words)))
}
