/** Owns: the head of a diff: which two, the verdict with both events, and what can be done with the whole. */
import type { SessionSummary } from '#shared/transcript/event.ts'
import type { TranscriptDiff } from '#shared/transcript/diff/types.ts'
import { compare } from '#renderer/flows/compare.ts'
import { useField, useServices } from '#renderer/flows/services.ts'
import { copyDiffForTicket } from '#renderer/flows/share.ts'
import { clockTime } from '#renderer/model/measures.ts'
import { sessionName } from '#renderer/model/sessionList.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { SourceIcon } from '#renderer/ui/SourceIcon.tsx'
import { Switch } from '#renderer/ui/Switch.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import { narrowQueries, useMedia } from '#renderer/ui/useMedia.ts'
import { VerdictCard } from '#renderer/ui/VerdictCard.tsx'
import { Done } from '../share/Done.tsx'
import styles from './Diff.module.css'
import { type DiffSide, ticketSide } from './useDiff.ts'

/** As "smtp.example:587, 10:42". */
export const sideName = ({ summary, id }: Pick<DiffSide, 'summary' | 'id'>): string =>
  summary ? nameOf(summary) : id

function nameOf(summary: SessionSummary): string {
  const { name, port } = sessionName(summary)
  return `${name}${port}, ${clockTime(summary.startedAt)}`
}

function SideTitle({ side, which, onOpen }: { side: DiffSide; which: 'Left' | 'Right'; onOpen: () => void }) {
  const { summary } = side
  const tone = summary?.state === 'held' ? 'paused' : summary?.state === 'live' ? 'live' : summary?.tone
  return (
    <button type="button" className={styles.sideTitle} onClick={onOpen}>
      {summary && <SourceIcon source={summary.source} />}
      <span className={styles.sideWords}>
        <span className={styles.sideName}>
          <span className="visuallyHidden">Open the {which.toLowerCase()} one: </span>
          {sideName(side)}
        </span>
        {tone && <ToneIcon tone={tone} size="xs" word={summary?.words ?? ''} />}
      </span>
    </button>
  )
}

const tones = { same: 'good', alike: 'good', differs: 'warn' } as const

function Verdict({ diff, onOpen }: { diff: TranscriptDiff; onOpen: DiffHeadProps['onOpen'] }) {
  const { verdict } = diff
  const links = (['left', 'right'] as const).filter((which) => verdict[which] > 0)
  const facts = links.map((which) => (
    <button key={which} type="button" className={styles.event} onClick={() => onOpen(which, verdict[which])}>
      {which === 'left' ? 'Left' : 'Right'}, event {verdict[which]}
    </button>
  ))
  return (
    <VerdictCard tone={tones[verdict.kind]} title={verdict.sentence} facts={facts.length > 0 && facts} live>
      {verdict.further.length > 0 && verdict.further.join(' ')}
    </VerdictCard>
  )
}

export interface DiffHeadProps {
  left: DiffSide
  right: DiffSide
  diff: TranscriptDiff | undefined
  onOpen: (side: 'left' | 'right', seq?: number) => void
}

/** Hidden as what was shared last: a ticket leaves this computer too. */
function CopyForTicket({ left, right }: Pick<DiffHeadProps, 'left' | 'right'>) {
  const services = useServices()
  const copy = () => {
    const sides = [ticketSide(left), ticketSide(right)] as const
    if (sides[0] && sides[1]) void copyDiffForTicket(services, [sides[0], sides[1]], nameOf)
  }
  return (
    <span className={styles.ticket}>
      <Button icon="copy" onPress={copy}>
        Copy for ticket
      </Button>
      <Done floating />
    </span>
  )
}

/** How far reading has come, while a long one arrives. */
function reading(side: DiffSide, which: string): string {
  const of = side.summary?.events ?? 0
  return side.ready ? '' : `${which} one: ${side.reader.consumed.toLocaleString('en-US')} of ${of.toLocaleString('en-US')} events read.` // prettier-ignore
}

export function DiffHead({ left, right, diff, onOpen }: DiffHeadProps) {
  const { stores } = useServices()
  const only = useField((all) => all.compare, ({ onlyDifferences }) => onlyDifferences) // prettier-ignore
  const listHidden = useMedia(narrowQueries.sheetLeft)
  return (
    <header className={styles.head}>
      <h1 className="visuallyHidden">Two dialogues compared</h1>
      <div className={styles.sides}>
        {listHidden && <IconButton icon="list" label="Transcripts" onPress={() => stores.view.getState().set({ listOpen: true })} />}
        <SideTitle side={left} which="Left" onOpen={() => onOpen('left')} />
        <IconButton icon="swap" tone="framed" label="Swap sides" onPress={() => compare(right.id, left.id)} />
        <SideTitle side={right} which="Right" onOpen={() => onOpen('right')} />
      </div>
      {diff ? <Verdict diff={diff} onOpen={onOpen} /> : (
        <VerdictCard tone="neutral" title="Reading both dialogues">{[reading(left, 'Left'), reading(right, 'Right')].join(' ').trim()}</VerdictCard>
      )}
      <div className={styles.tools}>
        <Switch selected={only} onChange={(onlyDifferences) => stores.compare.getState().set({ onlyDifferences })}>Only differences</Switch>
        <span className={styles.spring} />
        <Button icon="dialogue" onPress={() => stores.compare.getState().set({ picking: left.id })}>Compare with another…</Button>
        {diff && <CopyForTicket left={left} right={right} />}
      </div>
    </header>
  ) // prettier-ignore
}
