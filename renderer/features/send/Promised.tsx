/** Owns: what is promised before the secret, what is waived of it, and the way to everything less usual. */
import { useServices } from '#renderer/flows/services.ts'
import { usesTls } from '#renderer/model/compose.ts'
import { connectionWords, type ProtectionPromise } from '#renderer/model/composeWords.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { Icon } from '#renderer/ui/Icon.tsx'
import styles from './Form.module.css'
import { useDraft } from './useDraft.ts'

export function Promised({ promise: { tone, words } }: { promise: ProtectionPromise }) {
  const { stores } = useServices()
  const { draft } = useDraft()
  const waived = draft.certificate === 'accept' && usesTls(draft)
  const unusual = connectionWords(draft)
  return (
    <div className={styles.promised}>
      <div className={styles.promises}>
        <p className={cx(styles.promise, styles[tone])}>
          <Icon name={tone === 'sealed' ? 'lock' : 'eye'} size="xs" />
          {words}
        </p>
        {waived && (
          <p className={cx(styles.promise, styles.warn)}>
            <Icon name="warn" size="xs" />
            Certificate check waived: anyone in between could pose as this server.
          </p>
        )}
      </div>
      <Button
        tone="quiet"
        className={styles.tiny}
        aria-haspopup="dialog"
        aria-label={`More of the connection${unusual.length > 0 ? `: ${unusual.join(', ')}` : ''}`}
        onPress={() => stores.compose.getState().set({ sheet: 'connection' })}
      >
        {unusual.length > 0 ? <b className={styles.unusual}>More ({unusual.length}) …</b> : 'More …'}
      </Button>
    </div>
  )
}
