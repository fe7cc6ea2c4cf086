/** Owns: what can be done to an entry of the queue, to all of its domain too. What cannot be taken back is asked first. */
import { useState } from 'react'
import { actOnQueue } from '#renderer/flows/relayQueue.ts'
import { useServices } from '#renderer/flows/services.ts'
import { whom } from '#renderer/model/relayQueue.ts'
import type { QueueAct } from '#renderer/stores/relay.ts'
import type { QueueDetail, QueueTarget } from '#shared/rpc/contract/relay.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { Menu, type MenuEntry } from '#renderer/ui/Menu.tsx'
import styles from './ItemCard.module.css'
import { useRelay } from './useRelay.ts'

/** Virtual MTAs offered in the menu at most. */
const mostMtas = 20

interface ActsProps {
  detail: QueueDetail
  act: (act: QueueAct, target: QueueTarget, virtualMta?: string) => void
}

function useOtherMtas({ virtualMta }: QueueDetail): string[] {
  const mtas = useRelay((relay) => relay.status?.virtualMtas)
  return (mtas ?? []).map(({ name }) => name).filter((name) => name !== virtualMta)
}

export function MoreActs({ detail, act }: ActsProps) {
  const { stores } = useServices()
  const { domain, state, id, sender, toAllow = [] } = detail
  const one: QueueTarget = { ids: [id] }
  const all: QueueTarget = { domain }
  const ask = (what: 'drop' | 'bounce', target: QueueTarget, of: string) => () =>
    stores.relay.getState().set({ asks: { what: 'act', act: what, target, whom: of } })
  const everybody = `everything for ${domain}`
  const others = useOtherMtas(detail)
  const held = state === 'held'
  const items: MenuEntry[] = [
    ...toAllow.slice(1).map((host): MenuEntry => ({ id: `allow ${host}`, icon: 'shield', group: 'one', label: `Allow ${host} …`, onAction: () => stores.relay.getState().set({ asks: { what: 'allow', host, leg: id } }) })),
    ...others.slice(1, mostMtas).map((mta): MenuEntry => ({ id: `use ${mta}`, icon: 'relay', group: 'one', label: `Use ${mta}`, onAction: () => act('use-mta', one, mta) })),
    held
      ? { id: 'release', icon: 'run', group: 'one', label: 'Release', onAction: () => act('release', one) }
      : { id: 'hold', icon: 'pause', group: 'one', label: 'Hold', onAction: () => act('hold', one) },
    { id: 'drop', icon: 'trash', tone: 'danger', group: 'one', label: 'Drop …', onAction: ask('drop', one, whom(detail)) },
    { id: 'retry-all', icon: 'again', group: 'all', label: `Try ${everybody} now`, onAction: () => act('retry', all) },
    { id: 'hold-all', icon: 'pause', group: 'all', label: `Hold ${everybody}`, onAction: () => act('hold', all) },
    { id: 'release-all', icon: 'run', group: 'all', label: `Release ${everybody}`, onAction: () => act('release', all) },
    { id: 'bounce-all', icon: 'back', tone: 'danger', group: 'all', label: `Return ${everybody} …`, disabled: sender === '', onAction: ask('bounce', all, everybody) },
    { id: 'drop-all', icon: 'trash', tone: 'danger', group: 'all', label: `Drop ${everybody} …`, onAction: ask('drop', all, everybody) },
  ]
  return <Menu label="More to do" trigger={<IconButton icon="more" label="More to do" />} items={items} />
} // prettier-ignore

function Acts({ detail, act }: ActsProps) {
  const { stores } = useServices()
  const { id, state, sender, toAllow = [] } = detail
  const busy = useRelay((relay) => relay.busy)
  const [other] = useOtherMtas(detail)
  const host = toAllow[0] ?? null
  const { set } = stores.relay.getState()
  return (
    <>
      {host !== null && (
        <Button tone="primary" icon="shield" isDisabled={busy} onPress={() => set({ asks: { what: 'allow', host, leg: id } })}>
          Allow {host} …
        </Button>
      )}
      {state === 'held' && host === null && (
        <Button icon="run" isDisabled={busy} onPress={() => act('release', { ids: [id] })}>
          Release
        </Button>
      )}
      {state !== 'held' && (
        <Button isDisabled={busy || state === 'delivering'} onPress={() => act('retry', { ids: [id] })}>
          Try now
        </Button>
      )}
      {other !== undefined && host === null && (
        <Button isDisabled={busy} onPress={() => act('use-mta', { ids: [id] }, other)}>
          Use {other}
        </Button>
      )}
      {/* A bounce has nobody to go back to. */}
      {sender !== '' && host === null && (
        <Button tone="danger" isDisabled={busy} onPress={() => set({ asks: { what: 'act', act: 'bounce', target: { ids: [id] }, whom: whom(detail) } })}>
          Return to sender
        </Button>
      )}
    </>
  )
} // prettier-ignore

/** Does it, and says what could not be done. */
export function useActs(): { act: ActsProps['act']; problem: string | undefined } {
  const services = useServices()
  const [problem, setProblem] = useState<string>()
  return {
    problem,
    act: (what, target, mta) => void actOnQueue(services, what, target, mta).then(setProblem),
  }
}

export function ItemActs({ detail, acts: { act, problem } }: { detail: QueueDetail; acts: ReturnType<typeof useActs> }) {
  return (
    <div className={styles.acts}>
      <Acts detail={detail} act={act} />
      {problem && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </div>
  )
} // prettier-ignore
