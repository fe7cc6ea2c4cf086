/**
 * Owns: where well-known providers take mail for sending, as they document it, and what their articles advise. Providers
 * change their minds: each row names the page that was read and the day of reading. What was read is a stored copy of the
 * page, whose own date is not known where none is told. What a probe finds counts for more.
 */

export interface ProviderPort {
  readonly port: number
  readonly tls: 'implicit' | 'starttls'
}

export interface Provider {
  readonly name: string
  /** Names of its submission servers: these, and those below a name with a leading dot. Lower case. */
  readonly hosts: readonly string[]
  readonly ports: readonly ProviderPort[]
  /** What the provider says of its choice of ports and that matters to a person; '' for nothing. */
  readonly remark: string
  /** YYYY-MM-DD: when a stored copy of `source` was read. */
  readonly checked: string
  readonly source: string
}

/** Advice of a widely read article, with its date. */
export interface PortAdvice {
  readonly says: string
  /** YYYY-MM-DD of the article, as it states it. */
  readonly date: string
  readonly source: string
}

const starttls = (...ports: number[]): ProviderPort[] => ports.map((port) => ({ port, tls: 'starttls' }))
const implicit = (...ports: number[]): ProviderPort[] => ports.map((port) => ({ port, tls: 'implicit' }))
const checked = '2026-11-22'

export const providers: readonly Provider[] = [
  {
    name: 'SparkPost',
    hosts: ['smtp.sparkpostmail.com', 'smtp.eu.sparkpostmail.com'],
    ports: starttls(587, 2525),
    remark: 'It does not list 465.',
    checked,
    source: 'https://developers.sparkpost.com/api/smtp/',
  },
  {
    name: 'Bird',
    hosts: ['smtp.email.us-west-2.api.bird.com', 'smtp.email.eu-west-1.api.bird.com'],
    ports: starttls(587, 2525),
    remark: 'It does not list 465.',
    checked,
    source: 'https://docs.bird.com/api/email-api/smtp-api',
  },
  {
    name: 'Mailgun',
    hosts: ['smtp.mailgun.org', 'smtp.eu.mailgun.org'],
    ports: [...implicit(465), ...starttls(587, 2525, 25)],
    remark: '',
    checked,
    source: 'https://documentation.mailgun.com/docs/mailgun/user-manual/sending-messages/send-smtp.md',
  },
  {
    name: 'Twilio SendGrid',
    hosts: ['smtp.sendgrid.net'],
    ports: [...implicit(465), ...starttls(587, 2525, 25)],
    remark: 'It recommends 587 to who is unsure.',
    checked,
    source: 'https://www.twilio.com/docs/sendgrid/for-developers/sending-email/integrating-with-the-smtp-api',
  },
  {
    name: 'Amazon SES',
    hosts: ['.amazonaws.com'],
    ports: [...implicit(465, 2465), ...starttls(587, 2587, 25)],
    remark: 'Port 25 is throttled from its own cloud.',
    checked,
    source: 'https://docs.aws.amazon.com/ses/latest/dg/smtp-connect.html',
  },
  {
    name: 'Postmark',
    hosts: ['smtp.postmarkapp.com', 'smtp-broadcasts.postmarkapp.com'],
    ports: starttls(587, 2525, 25),
    remark: 'It does not list 465.',
    checked,
    source:
      'https://postmarkapp.com/support/article/811-what-are-the-smtp-details-api-tokens-i-should-be-using',
  },
  {
    name: 'Google (Gmail, Workspace)',
    hosts: ['smtp.gmail.com'],
    ports: [...implicit(465), ...starttls(587)],
    remark: 'It wants an application password or OAuth.',
    checked,
    source:
      'https://developer.nylas.com/docs/cookbook/email/gmail-smtp-settings.md (written by others, not by Google)',
  },
  {
    name: 'Microsoft 365',
    hosts: ['smtp.office365.com', 'smtp-legacy.office365.com'],
    ports: starttls(587),
    remark: 'It has announced the end of user name and password for sending; OAuth stays.',
    checked,
    source:
      'https://snanc.org/article/how-to-set-up-a-multifunction-device-or-application-to-send-emails-using-microsoft-365-or-office-365 (a copy of Microsoft’s article)',
  },
  {
    name: 'Fastmail',
    hosts: ['smtp.fastmail.com'],
    ports: implicit(465),
    remark: 'It documents implicit TLS only.',
    checked,
    source: 'https://www.fastmail.com/help/technical/servernamesandports.html',
  },
]

export const portAdvice: readonly PortAdvice[] = [
  {
    says: 'Of 25, 465, 587 and 2525 only 587 and 2525 are recommended today; 465 is deprecated and should not be used.',
    date: '2020-04-20',
    source: 'Bird (SparkPost), “Which SMTP port should I use?”, https://bird.com/blog/what-smtp-port',
  },
]

/** The provider whose submission server this is; `host` a name in any case. */
export function findProvider(host: string): Provider | undefined {
  const name = host.toLowerCase().replace(/\.$/, '')
  return providers.find(({ hosts }) =>
    hosts.some((known) => (known.startsWith('.') ? isSmtpBelow(name, known) : name === known)),
  )
}

/** `email-smtp.eu-west-1.amazonaws.com`: much else lives below that name. */
const isSmtpBelow = (name: string, parent: string): boolean =>
  name.endsWith(parent) && name.startsWith('email-smtp')
