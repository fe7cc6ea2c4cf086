/**
 * Owns: masking known secrets in whatever is written into a transcript. The machines mask what they send themselves;
 * this is for what a hostile server echoes, what a person types into an edited line, and what an error text quotes.
 */
import { fromByteString, fromUtf8, toByteString, utf8 } from '#shared/bytes/bytes.ts'
import { maskSecrets } from '#shared/smtp/grammar/mask.ts'
import { type EventBody, type MaskedRange, remarkLimit } from '#shared/transcript/event.ts'

/** `raw` with every occurrence masked, raw or in base64; ranges masked already are kept. */
function hide(raw: string, masked: readonly MaskedRange[], secrets: readonly string[]): { raw: string; masked: MaskedRange[] } {
  const shown = maskSecrets({ bytes: fromByteString(raw), masked: [...masked] }, secrets)
  return { raw: toByteString(shown.bytes), masked: shown.masked }
} // prettier-ignore

/** The same for a text of ours. */
function hideText(text: string, secrets: readonly string[]): string {
  const shown = maskSecrets(utf8(text), secrets)
  // A secret cut out of UTF-8 leaves UTF-8; if not, nothing of the text is worth the risk.
  return shown.masked.length === 0 ? text : (fromUtf8(shown.bytes) ?? '********')
}

/** The event without the secrets. Octets of message content (`chunk`) are kept as they are: they are the user's message. */
export function concealEvent(event: EventBody, secrets: readonly string[]): EventBody {
  const clean = (text: string): string => hideText(text, secrets)
  const fault = <F extends { code: string; message: string }>(one: F): F => ({
    ...one,
    message: clean(one.message),
  })
  switch (event.kind) {
    case 'line':
    case 'reply': {
      const { raw, masked } = hide(event.raw, event.masked ?? [], secrets)
      const shown = { ...event, raw, ...(masked.length > 0 ? { masked } : {}) }
      if (shown.kind === 'reply' && shown.malformed !== undefined) shown.malformed = clean(shown.malformed)
      return shown
    }
    case 'edit': {
      const { before, after } = event
      return {
        ...event,
        ...(before === undefined ? {} : { before: hide(before, [], secrets).raw }),
        ...(after === undefined ? {} : { after: hide(after, [], secrets).raw }),
      }
    }
    case 'finding':
      return { ...event, message: clean(event.message), next: clean(event.next) }
    case 'end':
      return { ...event, message: clean(event.message) }
    case 'remark':
      return { ...event, text: clean(event.text).slice(0, remarkLimit) }
    case 'resolve':
    case 'connect':
      return event.fault === undefined ? event : { ...event, fault: fault(event.fault) }
    case 'tls':
      return {
        ...event,
        ...(event.fault === undefined ? {} : { fault: fault(event.fault) }),
        ...(event.problem === undefined ? {} : { problem: fault(event.problem) }),
      }
    case 'chunk':
    case 'wait':
  }
  return event
}
