/** Owns: the entry of the queue that is chosen: its tries on a line, the last words, its dialogues, what can be done to it. */
import { goTo } from '#renderer/flows/route.ts'
import { useServices } from '#renderer/flows/services.ts'
import { spelled } from '#renderer/model/inbox.ts'
import { countWords } from '#renderer/model/measures.ts'
import { isOpen, whom } from '#renderer/model/relayQueue.ts'
import { exactMoment } from '#renderer/model/relayTime.ts'
import { endWords, lastWords } from '#renderer/model/relayWords.ts'
import { dialoguesOf } from '#renderer/model/relayTries.ts'
import type { QueueDetail } from '#shared/rpc/contract/relay.ts'
import { LinkButton } from '#renderer/ui/LinkButton.tsx'
import { Menu, type MenuEntry } from '#renderer/ui/Menu.tsx'
import { ItemActs, MoreActs, useActs } from './ItemActs.tsx'
import styles from './ItemCard.module.css'
import { TimeLine } from './TimeLine.tsx'
import { useNow, useRelay } from './useRelay.ts'

const icons = { delivered: 'good', partly: 'clock', again: 'clock', failed: 'bad' } as const

function Dialogues({ detail: { history, message } }: { detail: QueueDetail }) {
  const { stores } = useServices()
  const now = useNow()
  const open = (session: string, seq: number | undefined) => () => {
    if (seq !== undefined) stores.view.getState().select(session, seq)
    goTo({ room: 'dialogue', id: session })
  }
  const tries = dialoguesOf(history)
  const [only] = tries
  const came = message.slice(0, message.lastIndexOf('.'))
  if (tries.length <= 1 && only)
    return <LinkButton onPress={open(only.session, only.seq)}>Its dialogue</LinkButton>
  if (tries.length === 0) return <LinkButton onPress={open(came, undefined)}>How it came</LinkButton>
  const items: MenuEntry[] = tries.map(({ at, words, session, seq, outcome, host, sealed }, place) => ({
    id: `${session} ${place}`,
    icon: icons[outcome],
    label: spelled(`${exactMoment(at, now)}: ${words.slice(0, 80)}`),
    description: [host, sealed].filter(Boolean).join(', '),
    onAction: open(session, seq),
  }))
  items.push({ id: 'came', icon: 'inbox', group: 'came', label: 'How it came', onAction: open(came, undefined) })
  return (
    <Menu
      label="Dialogues of its tries"
      trigger={<LinkButton onPress={() => {}}>{countWords(tries.length, 'dialogue')}</LinkButton>}
      items={items}
    />
  )
} // prettier-ignore

function About({ detail }: { detail: QueueDetail }) {
  const { stores } = useServices()
  const { recipients, reports } = detail
  const { said, meaning } = lastWords(detail)
  const end = endWords(detail)
  const parts = [
    recipients.all > 1 && `${recipients.delivered} of ${recipients.all} delivered`,
    recipients.all > 1 && recipients.failed > 0 && `${recipients.failed} failed`,
  ].filter(Boolean)
  return (
    <div className={styles.about}>
      {end && <p>{end}</p>}
      {said && (
        <p>
          {said}
          {meaning && <span> {meaning}</span>}
        </p>
      )}
      {parts.length > 0 && <p>{parts.join(', ')}.</p>}
      {reports.map((report) => (
        <p key={report}>Came back: {spelled(report)}</p>
      ))}
      <LinkButton onPress={() => stores.relay.getState().set({ asks: { what: 'item' } })}>
        Recipients and rules
      </LinkButton>
    </div>
  )
}

function Card({ detail }: { detail: QueueDetail }) {
  const acts = useActs()
  const open = isOpen(detail.state)
  return (
    <>
      <div className={styles.head}>
        <h3>{whom(detail)}</h3>
        <Dialogues detail={detail} />
        {open && <MoreActs detail={detail} act={acts.act} />}
      </div>
      {(detail.history.length > 0 || detail.nextAt !== undefined) && <TimeLine detail={detail} />}
      <About detail={detail} />
      {open && <ItemActs detail={detail} acts={acts} />}
    </>
  )
}

export function ItemCard() {
  const selected = useRelay((relay) => relay.selected)
  const detail = useRelay((relay) => relay.detail)
  const problem = useRelay((relay) => relay.detailProblem)
  if (selected === '' || (detail === null && problem === '')) return null
  return (
    <section className={styles.card} aria-label="Chosen entry">
      {detail === null ? <p className={styles.about}>{problem}</p> : <Card key={detail.id} detail={detail} />}
    </section>
  )
}
