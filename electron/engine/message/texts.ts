/** Owns: the text and HTML of a message as octets: line ends, charset, transfer encoding. */
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import type { Message } from '#shared/rpc/contract/message.ts'
import { encodeText } from './charset.ts'
import { problemOf } from './problems.ts'
import { chooseEncoding, type TransferEncoding } from './transferEncoding.ts'

export interface TextPart {
  html: boolean
  /** As `text/plain; charset=utf-8`. */
  type: string
  bytes: Buffer
  encoding: TransferEncoding
}

/** Text, then HTML, the richest last (RFC 2046 §5.1.4); an empty text where there is neither. */
export function readTexts(
  message: Pick<Message, 'text' | 'html' | 'charset' | 'encoding'>,
  problems: FieldProblem[],
): TextPart[] {
  const { text, html } = message
  const parts: TextPart[] = []
  if (text !== '' || html === undefined) addPart('text', text, message, parts, problems)
  if (html !== undefined) addPart('html', html, message, parts, problems)
  return parts
}

function addPart(
  field: 'text' | 'html',
  text: string,
  { charset = 'utf-8', encoding }: Pick<Message, 'charset' | 'encoding'>,
  parts: TextPart[],
  problems: FieldProblem[],
): void {
  const encoded = encodeText(text.replace(/\r\n|\r|\n/gu, '\r\n'), charset)
  if (!encoded.ok) {
    problems.push(problemOf(`message.${field}`, charset, `${encoded.problem}.`))
    return
  }
  const chosen = chooseEncoding(encoded.bytes, encoding)
  if (!chosen.ok) {
    const words = `does not fit the ${field === 'html' ? 'HTML' : 'text'}: ${chosen.problem}.`
    problems.push(problemOf('message.encoding', encoding ?? '', words))
    return
  }
  const type = `text/${field === 'html' ? 'html' : 'plain'}; charset=${charset}`
  parts.push({ html: field === 'html', type, bytes: encoded.bytes, encoding: chosen.encoding })
}
