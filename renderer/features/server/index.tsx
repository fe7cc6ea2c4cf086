/** Owns: the Local server room: whether it runs, its listeners, users and limits, and how to point something at it. */
import { useEffect } from 'react'
import { followServer, startServer, stopServer } from '#renderer/flows/server.ts'
import { goTo } from '#renderer/flows/route.ts'
import { useAway, useField, useServices } from '#renderer/flows/services.ts'
import { countWords } from '#renderer/model/measures.ts'
import type { ServerStatus } from '#shared/rpc/contract/server.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import { ApiCard } from './ApiCard.tsx'
import { Certificates } from './certificates/Certificates.tsx'
import { HoldSection } from './HoldSection.tsx'
import { HttpApiCard } from './HttpApiCard.tsx'
import { LimitsForm } from './LimitsForm.tsx'
import { Listeners } from './Listeners.tsx'
import { PointAt } from './PointAt.tsx'
import styles from './Room.module.css'
import { useServer } from './useServer.ts'
import { Running } from './Running.tsx'
import { Tokens } from './Tokens.tsx'
import { Users } from './Users.tsx'

function standing({ running, listeners }: ServerStatus): { tone: 'good' | 'warn' | 'neutral'; word: string } {
  if (!running) return { tone: 'neutral', word: 'off' }
  const listening = listeners.filter(({ state }) => state === 'listening').length
  // One that was switched off by itself is no failure.
  const failed = listeners.filter(({ state }) => state === 'failed').length
  if (failed === 0 && listening === 0) return { tone: 'neutral', word: 'listening on no port' }
  if (failed === 0) return { tone: 'good', word: `listening on ${countWords(listening, 'port')}` }
  return { tone: 'warn', word: `listening on ${listening} of ${listening + failed} ports` }
}

function Head({ status }: { status: ServerStatus }) {
  const services = useServices()
  const busy = useServer((server) => server.busy)
  // Of the Inbox, not of this run: what was kept earlier is there as well; sessions that left nothing are not.
  const kept = useField(
    (stores) => stores.inbox,
    (inbox) => inbox.counts.kept,
  )
  const away = useAway()
  const { tone, word } = away
    ? { tone: 'neutral' as const, word: 'not known while the engine does not answer' }
    : standing(status)
  return (
    <header className={styles.head}>
      <h1>Local server</h1>
      <ToneIcon tone={tone} word={word} />
      <span className={styles.space} />
      <Button tone="quiet" icon="inbox" onPress={() => goTo({ room: 'inbox', id: '' })}>
        {countWords(kept, 'message')} kept
      </Button>
      {status.running ? (
        <Button size="l" icon="stop" isDisabled={busy || away} onPress={() => void stopServer(services)}>
          Stop
        </Button>
      ) : (
        <Button
          tone="primary"
          size="l"
          icon="run"
          isDisabled={busy || away || status.listeners.length === 0}
          onPress={() => void startServer(services)}
        >
          Start catching
        </Button>
      )}
    </header>
  )
}

function Problems() {
  const problems = useServer((server) => server.problems)
  if (problems.length === 0) return null
  return (
    <div className={styles.problems}>
      {problems.map((problem) => (
        <Banner key={problem} tone="bad" live="alert">
          {problem}
        </Banner>
      ))}
    </div>
  )
}

export default function ServerRoom() {
  const services = useServices()
  const status = useServer((server) => server.status)
  useEffect(() => followServer(services), [services])
  if (!status)
    return (
      <div className={styles.room} data-pane="center">
        <Problems />
      </div>
    )
  return (
    <div className={styles.room} data-pane="center">
      <Head status={status} />
      <div className={styles.body}>
        <Problems />
        <div className={styles.columns}>
          <div className={styles.main}>
            <Listeners listeners={status.listeners} limits={status.limits} />
            <HoldSection status={status} />
            <Users users={status.users} lost={status.lost} />
            <Tokens tokens={status.tokens ?? []} users={status.users} />
            <Certificates />
            <LimitsForm limits={status.limits} />
            <HttpApiCard key={String(status.running)} />
            <Running />
            <ApiCard />
          </div>
          <aside className={styles.side} aria-label="For applications">
            <PointAt status={status} />
          </aside>
        </div>
      </div>
    </div>
  )
}
