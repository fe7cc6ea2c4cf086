/**
 * Owns: what a provider means by an enhanced code that a standard gave another meaning. Each row has the date when it
 * was last checked, because providers change their minds.
 */
export interface ProviderCode {
  /** Whole, with its class. */
  readonly code: string
  readonly provider: string
  /** Names of its servers: these, and those below a name with a leading dot. Lower case. */
  readonly hosts: readonly string[]
  /** What its reply says; lower case. A session by address, or an import, has no host name. */
  readonly says: string
  readonly words: string
  readonly next: string
  /** YYYY-MM-DD: the state of the source that this follows. */
  readonly checked: string
  readonly source: string
}

export const providerCodes: readonly ProviderCode[] = [
  {
    code: '5.7.30',
    provider: 'Microsoft Exchange Online',
    hosts: ['smtp.office365.com', 'smtp-legacy.office365.com'],
    says: 'basic authentication is not supported',
    words: 'Signing in with a user name and password is not supported for submission. OAuth is.',
    next: 'Sign in with OAuth (XOAUTH2). The password is not at fault.',
    checked: '2026-01-27',
    source: 'Microsoft, “Exchange Online to retire Basic auth for Client Submission (SMTP AUTH)”, MC786329',
  },
]

/** `text` of the reply decides before `host`, because it is the evidence at hand. */
export function providerMeaning(code: string, host: string, text: string): ProviderCode | undefined {
  const rows = providerCodes.filter((row) => row.code === code)
  const said = text.slice(0, 2000).toLowerCase()
  return (
    rows.find(({ says }) => said.includes(says)) ??
    rows.find(({ hosts }) => hosts.includes(host.toLowerCase().replace(/[.]$/, '')))
  )
}

export const otherMeanings = (code: string): ProviderCode[] =>
  providerCodes.filter((row) => row.code === code)
