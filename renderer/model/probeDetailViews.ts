/** Owns: a recommendation beside what others say: today's standards, the articles, the provider, each with its date. */
import type { Recommendation } from '#shared/rpc/contract/probeReport.ts'
import type { z } from 'zod'

export type Recommended = z.infer<typeof Recommendation>

export interface Opinion {
  who: string
  /** Where it can be read; absent for an RFC, which has links of its own. */
  href?: string
  says: string
  date: string
}

export interface Opinions {
  standards: Opinion[]
  articles: Opinion[]
}

export const tlsWords: Record<Recommended['tls'], string> = {
  implicit: 'TLS from the start',
  starttls: 'STARTTLS, required',
  opportunistic: 'STARTTLS where it is offered',
}

/** Only an address that a person could have typed; anything else stays words. */
const address = /^(.{1,300}?),? (https:\/\/[\w.-]{1,100}(?:\/[\w./~-]{0,200})?)$/

function opinion({ who, says, date }: Recommended['views'][number]): Opinion {
  const [, name, href] = address.exec(who) ?? []
  return name && href ? { who: name, href, says, date } : { who, says, date }
}

const isStandard = ({ who }: Opinion): boolean => /^RFC \d/.test(who)

export function opinions({ views }: Pick<Recommended, 'views'>): Opinions {
  const all = views.map(opinion)
  return { standards: all.filter(isStandard), articles: all.filter((one) => !isStandard(one)) }
}

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] // prettier-ignore

/** As "April 2020" from `2020-04-20` or `2020-04`; what is no date stays. */
export function monthOf(date: string): string {
  const [, year, month] = /^(\d{4})-(\d{2})(?:-\d{2})?$/.exec(date) ?? []
  const name = months[Number(month) - 1]
  return name === undefined ? date : `${name} ${year}`
}
