/** Owns: what somebody on the path could see of this event: its bytes, or only that something passed and how much. */
import type { EventOf } from '#shared/transcript/event.ts'
import { octetsOf, shownText } from '#shared/transcript/shown.ts'
import { countWords } from '#renderer/model/measures.ts'
import { cx } from '#renderer/ui/cx.ts'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './Inspector.module.css'
import { Section } from './Section.tsx'
import { WireText } from './WireText.tsx'

type Travelled = EventOf<'line'> | EventOf<'reply'> | EventOf<'chunk'>

export function EavesdropperSection({ event }: { event: Travelled }) {
  const sealed = event.sealed === true
  const size = countWords(octetsOf(event), 'byte')
  const masked = event.kind !== 'chunk' && (event.masked?.length ?? 0) > 0
  return (
    <Section title="What an eavesdropper sees">
      <div className={cx(styles.eavesdropper, sealed ? styles.sealed : styles.open)}>
        <div className={styles.eavesLine}>
          <ToneIcon
            tone={sealed ? 'sealed' : 'open'}
            word={masked ? (sealed ? 'Sealed' : 'Everything') : `${size}, ${sealed ? 'sealed' : 'in clear'}`}
          />
          <small>{sealed ? 'size and time only' : masked ? 'the secret too' : 'every byte'}</small>
        </div>
        {!sealed && event.kind !== 'chunk' && (
          <WireText label="Bytes that others see">
            {shownText(event.raw, event.masked).slice(0, 2000)}
          </WireText>
        )}
      </div>
    </Section>
  )
}
