/** Owns: the content of a message: its beginning at once, more in stretches when asked for; it never travels with the events. */
import { useEffect, useState } from 'react'
import { concat, toByteString } from '#shared/bytes/bytes.ts'
import { shownText } from '#shared/transcript/shown.ts'
import { useServices, useSettings } from '#renderer/flows/services.ts'
import { loadBody, wordsOf } from '#renderer/flows/transcripts.ts'
import { sizeShort } from '#renderer/model/measures.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { HexView } from '#renderer/ui/HexView.tsx'
import { BodyOutline } from './BodyOutline.tsx'
import { BytesChoice } from './BytesSection.tsx'
import styles from './Inspector.module.css'
import { Section } from './Section.tsx'
import { WireText } from './WireText.tsx'
import type { Session } from './useSession.ts'

/** Octets asked for at a time, and kept at most: the whole message is one export away. */
const beginning = 256
const stretch = 16 << 10
const most = 256 << 10

export function BodySection({ session, body }: { session: Session; body: number }) {
  const services = useServices()
  const shownAs = useSettings((settings) => settings.bytes)
  const [content, setContent] = useState<{ bytes: Uint8Array; total: number } | null>(null)
  const [problem, setProblem] = useState<string>()
  const known = session.model.ladder.bodies.get(body)
  const have = content?.bytes.length ?? 0
  const more = content === null || (have < content.total && have < most)

  useEffect(() => {
    let shown = true
    loadBody(services, session.id, { body, from: 0, size: beginning }).then(
      (part) => shown && setContent((asked) => asked ?? part),
      () => {}, // Nothing was kept of it, or the connection is lost: who asks by the button is told.
    )
    return () => {
      shown = false
    }
  }, [services, session.id, body])
  const load = async () => {
    try {
      const part = await loadBody(services, session.id, { body, from: have, size: stretch })
      setContent({ bytes: concat([content?.bytes ?? new Uint8Array(), part.bytes]), total: part.total })
      setProblem(undefined)
    } catch (error) {
      setProblem(wordsOf(error))
    }
  }
  return (
    <Section
      title={`Body, ${sizeShort(content?.total ?? known?.size ?? 0)}`}
      aside={content && <BytesChoice />}
    >
      <BodyOutline session={session} body={body} />
      {content && shownAs === 'hex' && <HexView bytes={content.bytes} limit={most} />}
      {content && shownAs === 'text' && (
        <WireText label="Body as text">{shownText(toByteString(content.bytes))}</WireText>
      )}
      {problem && <p role="alert">{problem}</p>}
      <div className={styles.loadRow}>
        {more && (
          <Button onPress={() => void load()}>{content === null ? 'Show the content' : 'Show more'}</Button>
        )}
        {content && (
          <span>
            {sizeShort(have)} of {sizeShort(content.total)}
            {have >= most && have < content.total ? '; export the case file for the rest' : ''}
          </span>
        )}
      </div>
    </Section>
  )
}
