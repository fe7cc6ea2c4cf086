/** Owns: earlier tests, newest first: opening one, deleting one or all after asking. Live: a test that runs is here too. */
import { useState } from 'react'
import type { ProbeSummary } from '#shared/rpc/contract/probe.ts'
import { deleteProbes } from '#renderer/flows/probeList.ts'
import { goTo } from '#renderer/flows/route.ts'
import { useServices, useView } from '#renderer/flows/services.ts'
import { countWords } from '#renderer/model/measures.ts'
import { leadOf } from '#renderer/model/probeMatrix.ts'
import { probeDays } from '#renderer/model/probeHistory.ts'
import { routeHash } from '#renderer/model/routes.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { Sheet } from '#renderer/ui/Sheet.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './History.module.css'
import { useCompare } from './useCompare.ts'

function Item({ summary, time, onDelete }: { summary: ProbeSummary; time: string; onDelete: () => void }) {
  const { stores } = useServices()
  const shown = useView((view) => view.route.id)
  const { id, target, unicode, tone, running, message, kind } = summary
  const name = unicode ?? target
  return (
    <li className={cx(styles.item, id === shown && styles.on)}>
      <a
        href={routeHash({ room: 'compare', id })}
        aria-current={id === shown ? 'page' : undefined}
        onClick={() => stores.probe.getState().set({ historyOpen: false })}
      >
        <span className={styles.name}>
          <span>{name}</span>
          {kind === 'domain' && <em>MX</em>}
          <time>{time}</time>
        </span>
        <span className={styles.words}>
          <ToneIcon tone={running ? 'live' : tone} size="xs" spoken={tone !== 'neutral'} />
          <span>{running ? message : leadOf(message)[0].replace(/[:;,]$/, '')}</span>
        </span>
      </a>
      {!running && (
        <IconButton icon="trash" size="s" label={`Delete the test of ${name}, ${time}`} onPress={onDelete} />
      )}
    </li>
  )
}

/** Asks before what is named goes. */
function Asked({ ids, onClose }: { ids: readonly string[]; onClose: () => void }) {
  const services = useServices()
  const shown = useView((view) => view.route.id)
  const [problem, setProblem] = useState<string>()
  const remove = async () => {
    const answer = await deleteProbes(services, ids)
    setProblem(answer)
    if (answer !== undefined) return
    if (ids.includes(shown)) goTo({ room: 'compare', id: '' })
    onClose()
  }
  return (
    <Dialog
      open={ids.length > 0}
      role="alertdialog"
      tone="warn"
      title={`Delete ${countWords(ids.length, 'test')}?`}
      onClose={onClose}
      actions={
        <>
          {/* eslint-disable-next-line jsx-a11y/no-autofocus -- the harmless answer has the focus */}
          <Button tone="primary" size="l" autoFocus onPress={onClose}>
            {ids.length === 1 ? 'Keep it' : 'Keep them'}
          </Button>
          <Button tone="danger" size="l" icon="trash" onPress={() => void remove()}>
            Delete
          </Button>
        </>
      }
    >
      <p>What it found cannot be brought back. The dialogues stay.</p>
      {problem && (
        <Banner tone="bad" live="alert">
          {problem}
        </Banner>
      )}
    </Dialog>
  )
}

const nobody: readonly string[] = []

export function History() {
  const { stores } = useServices()
  const open = useCompare((state) => state.historyOpen)
  const list = useCompare((state) => state.list)
  const summaries = useCompare((state) => state.summaries)
  const [asked, setAsked] = useState<readonly string[]>(nobody)
  const ended = summaries.filter(({ running }) => !running).map(({ id }) => id)
  return (
    <>
      <Sheet
        open={open}
        label="Earlier tests"
        side="right"
        width={360}
        onClose={() => stores.probe.getState().set({ historyOpen: false })}
      >
        <div className={styles.top}>
          <h2>Earlier tests</h2>
          {ended.length > 1 && (
            <Button tone="quiet" icon="trash" onPress={() => setAsked(ended)}>
              Delete all
            </Button>
          )}
          <IconButton
            icon="close"
            label="Close"
            onPress={() => stores.probe.getState().set({ historyOpen: false })}
          />
        </div>
        {list === 'failed' && (
          <Banner tone="warn">This list is not up to date: the engine did not answer.</Banner>
        )}
        {summaries.length === 0 && list !== 'failed' && (
          <p className={styles.none}>
            {list === 'loading' ? 'Reading the list.' : 'Nothing was tested yet.'}
          </p>
        )}
        <div className={styles.days}>
          {probeDays(summaries).map(({ day, items }) => (
            <section key={day} aria-label={day}>
              <h3>{day}</h3>
              <ul>
                {items.map(({ summary, time }) => (
                  <Item
                    key={summary.id}
                    summary={summary}
                    time={time}
                    onDelete={() => setAsked([summary.id])}
                  />
                ))}
              </ul>
            </section>
          ))}
        </div>
      </Sheet>
      <Asked ids={asked} onClose={() => setAsked(nobody)} />
    </>
  )
}
