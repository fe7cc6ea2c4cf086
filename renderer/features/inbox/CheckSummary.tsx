/** Owns: the checks of a message in short, beside how it arrived, and the way to all of them. */
import { useServices } from '#renderer/flows/services.ts'
import { shortChecks } from '#renderer/model/inboxChecks.ts'
import { countWords } from '#renderer/model/measures.ts'
import { LinkButton } from '#renderer/ui/LinkButton.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './CheckSummary.module.css'
import { useInbox } from './useInbox.ts'

const spoken = { good: 'good', info: 'to know', warn: 'warning', bad: 'wrong' } as const

export function CheckSummary({ id }: { id: string }) {
  const { stores } = useServices()
  const checks = useInbox((inbox) => (inbox.checks?.id === id ? inbox.checks : null))
  if (checks === null) return null
  const { shown, more } = shortChecks(checks)
  const { report, ip } = checks
  return (
    <section className={styles.checks} aria-label="Checks in short">
      <div className={styles.head}>
        <h2>Checks</h2>
        {report !== null && ip !== '' && <span>as if sent from {ip}</span>}
      </div>
      <ul>
        {shown.map(({ verdict, title, detail }, place) => (
          <li key={place}>
            <ToneIcon tone={verdict} size="s" />
            <div>
              <span className="visuallyHidden">{spoken[verdict]}: </span>
              <b>{title}</b>
              <p>{detail}</p>
            </div>
          </li>
        ))}
        {shown.length === 0 && (
          <li>
            <ToneIcon tone="good" size="s" />
            <b>Lines and header are as they should be</b>
          </li>
        )}
      </ul>
      {report === null && <p className={styles.not}>SPF, DKIM, DMARC and ARC were not asked for.</p>}
      <LinkButton onPress={() => stores.inbox.getState().set({ tab: { id, view: 'checks' } })}>
        {more > 0 ? `All checks, ${countWords(more, 'more', 'more')}` : 'All checks'}
      </LinkButton>
    </section>
  )
}
