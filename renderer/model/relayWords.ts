/** Owns: the last words about an entry of the queue, in plain language. */
import { explainEnhanced } from '#shared/knowledge/enhancedCodes.ts'
import { explainReplyCode } from '#shared/knowledge/replyCodes.ts'
import type { QueueDetail } from '#shared/rpc/contract/relay.ts'
import { spelled } from './inbox.ts'
import { capital } from './measures.ts'

const first = (words: string): string => /^[^.]{1,160}/u.exec(words)?.[0] ?? ''
const ended = (words: string): string => (/[.!?]$/u.test(words) ? words : `${words}.`)

/** What a reply means: by its enhanced code, else by its three digits; '' for what went well, and where the words are ours. */
export function replyMeaning(words: string): string {
  const [, code, enhanced] = /^([45]\d\d)(?:[ -]([45]\.\d{1,3}\.\d{1,3}))?(?: |$)/u.exec(words) ?? []
  if (code === undefined) return ''
  const detail = enhanced === undefined ? null : explainEnhanced(enhanced)
  const meaning = detail?.words ?? explainReplyCode(Number(code)).name
  return ended(capital(first(meaning)))
}

/** `said` is what was said last, by a server or by us; `meaning` explains it. Both are empty before the first try. */
export function lastWords({ words, history }: Pick<QueueDetail, 'words' | 'history'>): { said: string; meaning: string } {
  if (words.trim() === '') return { said: '', meaning: '' }
  const last = history.at(-1)
  const by = last?.host === undefined || last.words !== words ? '' : `${last.host.replace(/:\d+$/u, '')}: `
  return { said: spelled(`${by}${ended(words)}`), meaning: replyMeaning(words) }
} // prettier-ignore

/** How an entry that is over ended, for whoever did not see it; '' while it is open or was delivered. */
export function endWords({ state, sender, tries }: Pick<QueueDetail, 'state' | 'sender' | 'tries'>): string {
  if (state === 'dropped') return `Dropped${tries === 0 ? ' before it was tried' : ''}. Nobody was told.`
  if (state !== 'bounced') return ''
  return sender === '' ? 'Given up. It was a report itself: nobody is told.' : `Given up. A report goes to ${spelled(sender)} unless none was asked for.`
} // prettier-ignore
