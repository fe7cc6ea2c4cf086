/** Owns: what came of a comparison: the sentence, the bars on one axis, both dialogues, the figures, and the articles’ claims. */
import { useStore } from 'zustand'
import { goTo } from '#renderer/flows/route.ts'
import { useServices } from '#renderer/flows/services.ts'
import { compactLines } from '#renderer/model/compact.ts'
import { choicesChanged, versusBars, versusClaims, versusFigures } from '#renderer/model/versus.ts'
import type { VersusResult } from '#shared/rpc/contract/versus.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { cx } from '#renderer/ui/cx.ts'
import { CompactDialogue } from '#renderer/ui/CompactDialogue.tsx'
import { LinkButton } from '#renderer/ui/LinkButton.tsx'
import { VerdictCard } from '#renderer/ui/VerdictCard.tsx'
import { Bars } from './Bars.tsx'
import styles from './Room.module.css'

const names = { smtp: 'SMTP', http: 'HTTP API' } as const
/** Lines of each dialogue; all of it is one press away. */
const mostLines = 60

function Dialogue({
  way,
  session,
  events,
}: {
  way: 'smtp' | 'http'
  session: string
  events: readonly TranscriptEvent[]
}) {
  const lines = compactLines(events.slice(0, 400), mostLines)
  const open = () => goTo({ room: 'dialogue', id: session })
  return (
    <section className={styles.dialogue} aria-label={`${names[way]}, first connection`}>
      <h3>
        {names[way]}
        <LinkButton onPress={open}>
          Open<span className="visuallyHidden"> the {names[way]} dialogue</span>
        </LinkButton>
      </h3>
      {lines.length > 0 ? (
        <CompactDialogue label={`${names[way]} dialogue`} lines={lines} />
      ) : (
        <p className={styles.soft}>Nothing was said.</p>
      )}
    </section>
  )
}

function Figures({ result }: { result: VersusResult }) {
  return (
    <table className={styles.figures}>
      <caption>Counted and measured</caption>
      <thead>
        <tr>
          <th scope="col">Figure</th>
          <th scope="col">SMTP</th>
          <th scope="col">HTTP API</th>
          <th scope="col">What it is</th>
        </tr>
      </thead>
      <tbody>
        {versusFigures(result).map(({ name, smtp, http, note }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{smtp}</td>
            <td>{http}</td>
            <td className={styles.note}>{note}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Claims({ result }: { result: VersusResult }) {
  return (
    <table className={styles.claims}>
      <caption>What articles say, and what was counted here</caption>
      <thead>
        <tr>
          <th scope="col">Often written</th>
          <th scope="col">Here</th>
        </tr>
      </thead>
      <tbody>
        {versusClaims(result).map(({ said, here }) => (
          <tr key={said}>
            <td>{said}</td>
            <td>{here}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export function Result({ result }: { result: VersusResult }) {
  const store = useServices().stores.versus
  const events = useStore(store, (state) => state.events)
  const earlier = useStore(store, ({ draft }) => choicesChanged(draft, result))
  const { smtp, http, sentence, plan } = result
  const [first = sentence, ...more] = sentence.split(/(?<=\.) (?=[A-Z])/)
  const failed = smtp.outcome !== 'completed' || http.outcome !== 'completed'
  return (
    <div className={styles.result}>
      <VerdictCard tone={failed ? 'warn' : 'neutral'} title={first}>
        {more.join(' ')}
      </VerdictCard>
      {earlier && (
        <p className={cx(styles.soft, styles.earlier)}>
          The choices were changed since. “Send both ways” counts anew.
        </p>
      )}
      <Bars smtp={versusBars(events.smtp)} http={versusBars(events.http)} />
      <div className={styles.dialogues}>
        <Dialogue way="smtp" session={smtp.session} events={events.smtp} />
        <Dialogue way="http" session={http.session} events={events.http} />
      </div>
      <Figures result={result} />
      <Claims result={result} />
      <p className={styles.soft}>
        The line delays each direction by {plan.roundTrip / 2} ms. Connecting itself cannot be delayed on this
        computer, so its round trip stands in the wait after it. Loss, bandwidth and TCP’s slow start are not
        simulated. The first message of each way is kept in the Inbox.
      </p>
    </div>
  )
}
