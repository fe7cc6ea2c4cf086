/** Owns: whether strangers may send anywhere, as the engine found by trying. */
import { useState } from 'react'
import { tryAttempt } from '#renderer/flows/relayAttempts.ts'
import { useServices } from '#renderer/flows/services.ts'
import { countWords } from '#renderer/model/measures.ts'
import { openVerdict, type WayIn } from '#renderer/model/relayStatus.ts'
import { cx } from '#renderer/ui/cx.ts'
import { Icon } from '#renderer/ui/Icon.tsx'
import { LinkButton } from '#renderer/ui/LinkButton.tsx'
import styles from './OpenVerdict.module.css'
import { useNow, useRelay } from './useRelay.ts'

/** More would push the listeners out of sight. */
const mostShown = 2

function Way({ way: { words, client } }: { way: WayIn }) {
  const services = useServices()
  const [problem, setProblem] = useState<string>()
  const show = async (from: string) => {
    setProblem(await tryAttempt(services, { client: from, secured: true, sender: 'stranger@sender.invalid', recipient: 'somebody@elsewhere.invalid' }))
    // In a narrow window this column lies over the trace.
    services.stores.view.getState().set({ listOpen: false })
  }
  return (
    <li>
      <span className={styles.rule}>{words}</span>{' '}
      {client !== undefined && (
        <LinkButton label={`Why: ${words}`} onPress={() => void show(client)}>
          Why
        </LinkButton>
      )}
      {problem && <span role="alert"> {problem}</span>}
    </li>
  )
} // prettier-ignore

export function OpenVerdict() {
  const status = useRelay((relay) => relay.status)
  const rules = useRelay((relay) => relay.rules)
  const now = useNow()
  if (status === null) return null
  const { tone, title, words, ways } = openVerdict(status, rules, now)
  return (
    <div className={cx(styles.verdict, tone === 'bad' && styles.bad)} data-tone={tone}>
      <span className={styles.glyph}>
        <Icon name={tone === 'bad' ? 'bad' : 'shield'} />
      </span>
      <div className={styles.words}>
        <p>
          <b>{title}</b> {words}
        </p>
        {ways.length > 0 && (
          <ul aria-label="What lets them in">
            {ways.slice(0, mostShown).map((way) => (
              <Way key={way.words} way={way} />
            ))}
          </ul>
        )}
        {ways.length > mostShown && <p>and {countWords(ways.length - mostShown, 'more rule')}</p>}
      </div>
    </div>
  )
}
