/** Owns: a look at what would leave, exactly as it would: text, picture, or in words when it is neither. */
import { useMemo } from 'react'
import { toBase64, utf8 } from '#shared/bytes/bytes.ts'
import type { Shared } from '#shared/rpc/contract/transcript.ts'
import { sizeOfShared } from '#renderer/flows/share.ts'
import { useShare } from '#renderer/flows/services.ts'
import { countWords, sizeShort } from '#renderer/model/measures.ts'
import { previewOf } from '#renderer/model/share.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { Icon } from '#renderer/ui/Icon.tsx'
import styles from './Share.module.css'

function TextPreview({ text }: { text: string }) {
  const shown = useMemo(() => previewOf(text), [text])
  return (
    <>
      <pre className={styles.text}>{shown.text}</pre>
      {shown.more > 0 && <p className={styles.more}>and {countWords(shown.more, 'more line')}</p>}
    </>
  )
}

/** As an image it runs nothing and reaches nothing, whatever is in it. */
function PicturePreview({ text, mime }: { text: string; mime: string }) {
  const address = useMemo(() => `data:${mime};base64,${toBase64(utf8(text))}`, [text, mime])
  return <img className={styles.picture} src={address} alt="The ladder as it would be saved" />
}

function FilePreview({ shared }: { shared: Shared }) {
  return (
    <div className={styles.file}>
      <Icon name="file" size="l" />
      <p>
        <b>{shared.name}</b>
        <br />
        {sizeShort(sizeOfShared(shared))}, not text: save it and open it with its program.
      </p>
    </div>
  )
}

const isPicture = ({ mime }: Shared): boolean => mime === 'image/svg+xml'

/** What was made before stays in sight, faded, while another choice is being made. */
export function Preview() {
  const { state, shared, problem } = useShare((share) => share)
  const busy = state === 'loading'
  return (
    <div className={styles.preview}>
      <section
        className={cx(styles.paper, busy && styles.busy)}
        aria-label="Preview"
        aria-busy={busy}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard
        tabIndex={0}
      >
        {state === 'failed' ? (
          <Banner tone="bad" live="alert">
            {problem}
          </Banner>
        ) : shared === null ? (
          <p className={styles.more}>Writing it…</p>
        ) : shared.text === undefined ? (
          <FilePreview shared={shared} />
        ) : isPicture(shared) ? (
          <PicturePreview text={shared.text} mime={shared.mime} />
        ) : (
          <TextPreview text={shared.text} />
        )}
      </section>
    </div>
  )
}
