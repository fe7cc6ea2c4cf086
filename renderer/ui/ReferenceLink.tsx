/** Owns: where something is written: a link where there is something to open, else the words alone. */
import { referenceOf } from '#renderer/model/references.ts'
import { OutsideLink } from './OutsideLink.tsx'

/** `text` as "RFC 8996 §3". */
export function ReferenceLink({ text }: { text: string }) {
  const { href } = referenceOf(text)
  return href === undefined ? <span>{text}</span> : <OutsideLink href={href}>{text}</OutsideLink>
}
