/** Owns: what the rows of every table here have in common. Words come first, the place where it is written after. */

type Rfc = `RFC ${number}`

/** Where it is written. A vendor's own things name the vendor, what the registry alone says names the registry. */
export type Reference = Rfc | `${Rfc} §${string}` | 'IANA registry' | `as documented by ${string}`

export interface Entry {
  /** One to three short sentences, each with its full stop. */
  readonly words: string
  readonly reference: Reference
}

/** When a reply came: what it answers. `end of data` is the reply after the final dot or the last BDAT. */
export const moments = [
  'greeting', 'EHLO', 'STARTTLS', 'AUTH', 'MAIL', 'RCPT', 'DATA', 'end of data', 'VRFY', 'ETRN', 'QUIT',
] as const // prettier-ignore
export type Moment = (typeof moments)[number]

export interface ReplyCode extends Entry {
  readonly code: number
  /** Two to six words, for a list. */
  readonly name: string
  /** What a good client does next. */
  readonly next: string
  /** Where the command it answers changes the meaning. */
  readonly at?: Readonly<Partial<Record<Moment, Partial<Entry> & { readonly next?: string }>>>
}

export interface EnhancedDetail extends Entry {
  /** Subject and detail, as `7.1`: the class in front of it varies. */
  readonly key: `${number}.${number}`
  readonly name: string
}
