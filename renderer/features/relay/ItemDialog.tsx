/** Owns: all that is known of the chosen entry: its recipients, the rules that hold for it, every try. */
import { spelled } from '#renderer/model/inbox.ts'
import { countWords } from '#renderer/model/measures.ts'
import { whom } from '#renderer/model/relayQueue.ts'
import { exactMoment } from '#renderer/model/relayTime.ts'
import type { QueueDetail } from '#shared/rpc/contract/relay.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { ToneIcon, type Tone } from '#renderer/ui/ToneIcon.tsx'
import styles from './Dialogs.module.css'
import { useNow, useRelay } from './useRelay.ts'

/** More rows than these are told as a number. */
const mostShown = 200

const states: Record<QueueDetail['addresses'][number]['state'], { tone: Tone; word: string }> = {
  open: { tone: 'later', word: 'on its way' },
  delivered: { tone: 'good', word: 'delivered' },
  failed: { tone: 'bad', word: 'failed' },
  dropped: { tone: 'neutral', word: 'dropped' },
}
const outcomes: Record<QueueDetail['history'][number]['outcome'], Tone> = {
  delivered: 'good',
  partly: 'later',
  again: 'later',
  failed: 'bad',
}

function Addresses({ detail: { addresses, recipients } }: { detail: QueueDetail }) {
  const left = recipients.all - Math.min(addresses.length, mostShown)
  return (
    <section>
      <h3>{countWords(recipients.all, 'recipient')}</h3>
      <ul className={styles.rows}>
        {addresses.slice(0, mostShown).map(({ address, state, words }) => (
          <li key={address}>
            <ToneIcon tone={states[state].tone} word={states[state].word} />
            <span className="mono">{spelled(address)}</span>
            <span className={styles.quiet}>{words && spelled(words)}</span>
          </li>
        ))}
      </ul>
      {left > 0 && <p className={styles.quiet}>{left.toLocaleString('en-US')} more</p>}
    </section>
  )
}

function Tries({ detail: { history } }: { detail: QueueDetail }) {
  const now = useNow()
  if (history.length === 0) return null
  return (
    <section>
      <h3>Tries</h3>
      <ul className={styles.rows}>
        {history.toReversed().map(({ at, words, host, sealed, outcome }, place) => (
          <li key={`${at} ${place}`}>
            <ToneIcon tone={outcomes[outcome]} word={exactMoment(at, now)} />
            <span>{spelled(words)}</span>
            <span className={styles.quiet}>{[host, sealed].filter(Boolean).join(', ')}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

export function ItemDialog({ onClose }: { onClose: () => void }) {
  const detail = useRelay((relay) => relay.detail)
  if (detail === null) return null
  const { subject, sender, virtualMta, because, rules } = detail
  return (
    <Dialog
      open
      wide
      title={whom(detail)}
      onClose={onClose}
      actions={
        <Button size="l" onPress={onClose}>
          Close
        </Button>
      }
    >
      <div className={styles.body}>
        <p>
          {subject ? `“${spelled(subject)}”, from ` : 'From '}
          {sender === '' ? 'nobody: it is a bounce' : spelled(sender)}.{' '}
          {virtualMta === undefined ? 'By no virtual MTA' : `By ${virtualMta}`}: {because}.
        </p>
        {rules.length > 0 && (
          <section>
            <h3>What holds for it</h3>
            <ul className={styles.list}>
              {rules.map((rule) => (
                <li key={rule}>{rule}</li>
              ))}
            </ul>
          </section>
        )}
        <Addresses detail={detail} />
        <Tries detail={detail} />
      </div>
    </Dialog>
  )
}
