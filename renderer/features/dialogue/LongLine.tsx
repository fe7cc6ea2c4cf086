/**
 * Owns: the rest of a line that was too long to travel with its event: read stretch by stretch where it was kept, and
 * one stretch at a time is held, so that a line of any length costs the page the same.
 */
import { useState } from 'react'
import { toByteString } from '#shared/bytes/bytes.ts'
import type { EventOf } from '#shared/transcript/event.ts'
import { wholeLineBody } from '#shared/transcript/longLine.ts'
import { shownText } from '#shared/transcript/shown.ts'
import { useServices, useSettings } from '#renderer/flows/services.ts'
import { loadBody, wordsOf } from '#renderer/flows/transcripts.ts'
import { sizeShort } from '#renderer/model/measures.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { HexView } from '#renderer/ui/HexView.tsx'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import styles from './Inspector.module.css'
import { WireText } from './WireText.tsx'

/** Octets of one stretch. */
const stretch = 16 << 10

interface Part {
  from: number
  bytes: Uint8Array
  total: number
}

/** "octets 16,385 to 32,768 of 10,485,760" */
const placeWords = ({ from, bytes, total }: Part): string =>
  `octets ${(from + 1).toLocaleString('en-US')} to ${(from + bytes.length).toLocaleString('en-US')} of ${total.toLocaleString('en-US')}`

export function LongLine({ event }: { event: EventOf<'line'> | EventOf<'reply'> }) {
  const services = useServices()
  const shownAs = useSettings((settings) => settings.bytes)
  const [part, setPart] = useState<Part>()
  const [problem, setProblem] = useState<string>()
  const whole = event.cutFrom ?? event.raw.length
  const kept = event.raw.length
  const load = async (from: number) => {
    try {
      const range = { body: wholeLineBody(event.seq), from: Math.max(0, from), size: stretch }
      const { bytes, total } = await loadBody(services, event.session, range)
      setPart({ from: range.from, bytes, total })
      setProblem(undefined)
    } catch (error) {
      setProblem(`Only the first ${sizeShort(kept)} of this line were kept. ${wordsOf(error)}`)
    }
  }
  const next = part === undefined ? kept : part.from + part.bytes.length
  return (
    <>
      {part && shownAs === 'hex' && <HexView bytes={part.bytes} from={part.from} limit={stretch} />}
      {part && shownAs === 'text' && (
        <WireText label="More of the line">{shownText(toByteString(part.bytes))}</WireText>
      )}
      {problem && <p role="alert">{problem}</p>}
      <div className={styles.loadRow}>
        {part === undefined ? (
          <Button onPress={() => void load(kept)}>Show the rest of {sizeShort(whole)}</Button>
        ) : (
          <>
            <IconButton
              icon="left"
              label="Stretch before"
              size="s"
              isDisabled={part.from === 0}
              onPress={() => void load(part.from - stretch)}
            />
            <IconButton
              icon="right"
              label="Next stretch"
              size="s"
              isDisabled={next >= part.total}
              onPress={() => void load(next)}
            />
            <Button isDisabled={next >= part.total} onPress={() => void load(part.total - stretch)}>
              To the end
            </Button>
          </>
        )}
        <output aria-live="polite">
          {part ? placeWords(part) : `${sizeShort(kept)} of ${sizeShort(whole)} shown`}
        </output>
      </div>
    </>
  )
}
