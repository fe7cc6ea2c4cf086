/** Owns: the raw bytes of a line or reply as text or hexadecimal. A secret is eight asterisks, as it was recorded. */
import { fromByteString } from '#shared/bytes/bytes.ts'
import type { EventOf } from '#shared/transcript/event.ts'
import { shownText } from '#shared/transcript/shown.ts'
import { useServices, useSettings } from '#renderer/flows/services.ts'
import { HexView } from '#renderer/ui/HexView.tsx'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import { LongLine } from './LongLine.tsx'
import { Section } from './Section.tsx'
import { WireText } from './WireText.tsx'

const options = [
  { value: 'text', label: 'Text' },
  { value: 'hex', label: 'Hex' },
] as const

export function BytesChoice() {
  const { stores } = useServices()
  const bytes = useSettings((settings) => settings.bytes)
  const choose = (next: 'text' | 'hex') => stores.settings.getState().change({ bytes: next })
  return (
    <Segmented label="Show bytes as" hideLabel size="s" value={bytes} options={options} onChange={choose} />
  )
}

export function BytesSection({ event }: { event: EventOf<'line'> | EventOf<'reply'> }) {
  const bytes = useSettings((settings) => settings.bytes)
  return (
    <Section title="Bytes" aside={<BytesChoice />}>
      {bytes === 'hex' ? (
        <HexView bytes={fromByteString(event.raw)} />
      ) : (
        <WireText label="Bytes as text">{shownText(event.raw, event.masked)}</WireText>
      )}
      {event.cutFrom !== undefined && event.cutFrom > event.raw.length && (
        <LongLine key={event.seq} event={event} />
      )}
    </Section>
  )
}
