/** Owns: what of the box is looked at: the search with its problems in words, the outcomes with their counts, the order. */
import { type ReactNode, useEffect } from 'react'
import { Label, Radio, RadioGroup } from 'react-aria-components'
import { searchInbox } from '#renderer/flows/inbox.ts'
import { useServices } from '#renderer/flows/services.ts'
import { searchProblems, showChoices, sorts, viewKey } from '#renderer/model/inboxView.ts'
import { prefixes } from '#shared/inbox/query.ts'
import type { Shown } from '#shared/rpc/contract/inbox.ts'
import { Icon, type IconName } from '#renderer/ui/Icon.tsx'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { Menu } from '#renderer/ui/Menu.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from './ListHead.module.css'
import { useInbox, useListed } from './useInbox.ts'

/** Typing is not asking: the engine is asked when the text has rested. */
const restMs = 200

const icons: Partial<Record<Shown, IconName>> = {
  kept: 'good',
  refused: 'bad',
  broken: 'neutral',
  idle: 'clock',
}

/** Asks whenever what is looked at has changed. */
function useAsking(): void {
  const services = useServices()
  const view = useInbox(viewKey)
  useEffect(() => {
    const ask = () => {
      if (viewKey(services.stores.inbox.getState()) === view) searchInbox(services).catch(() => {})
    }
    const timer = setTimeout(ask, restMs)
    return () => clearTimeout(timer)
  }, [services, view])
}

function Search() {
  const { stores } = useServices()
  const search = useInbox((inbox) => inbox.search)
  const all = useInbox((inbox) => inbox.total)
  const { total } = useListed()
  const { set } = stores.inbox.getState()
  const problem = searchProblems(search)[0]
  return (
    <div className={styles.search} data-filter>
      <TextField
        label="Search messages"
        hideLabel
        type="search"
        placeholder="Search, or from: to: is:unread"
        value={search}
        onChange={(text) => set({ search: text })}
        error={problem}
        before={<Icon name="search" size="s" />}
        after={
          <span className={styles.count}>
            {search.trim() === '' || problem !== undefined ? '' : `${total} of ${all}`}
          </span>
        }
      />
      <Menu
        label="Search fields"
        trigger={<IconButton icon="filter" label="Search fields" size="s" />}
        items={prefixes.map(({ prefix, example, meaning }) => ({
          id: prefix,
          label: `${example}: ${meaning}`,
          onAction: () => set({ search: `${search.trim()} ${prefix}`.trimStart() }),
        }))}
      />
      <Order />
    </div>
  )
}

function Chips() {
  const { stores } = useServices()
  const counts = useInbox((inbox) => inbox.counts)
  const show = useInbox((inbox) => inbox.show)
  const { set } = stores.inbox.getState()
  const choices = showChoices(counts)
  return (
    <RadioGroup
      className={styles.chips ?? ''}
      orientation="horizontal"
      value={show}
      onChange={(next) => {
        const choice = choices.find(({ value }) => value === next)
        if (choice) set({ show: choice.value })
      }}
    >
      <Label className="visuallyHidden">Outcome</Label>
      {choices.map(({ value, label, count }) => (
        <Radio key={value} value={value} className={styles.chip ?? ''}>
          {icons[value] && <Icon name={icons[value]} size="xs" />}
          {label} {count.toLocaleString('en-US')}
        </Radio>
      ))}
    </RadioGroup>
  )
}

function Order() {
  const { stores } = useServices()
  const sort = useInbox((inbox) => inbox.sort)
  const label = sorts.find(({ id }) => id === sort)?.label ?? ''
  return (
    <Menu
      label="Order"
      trigger={<IconButton icon="swap" label={`Order: ${label}`} size="s" />}
      items={sorts.map((one) => ({
        id: one.id,
        label: one.label,
        ...(one.id === sort ? { icon: 'check' as const } : {}),
        onAction: () => stores.inbox.getState().set({ sort: one.id }),
      }))}
    />
  )
}

/** `picked` stands over the outcomes, so that the rows under it stay where they are. */
export function ListHead({ picked }: { picked?: ReactNode }) {
  useAsking()
  return (
    <div className={styles.head}>
      <Search />
      <div className={styles.shared} data-covered={picked ? '' : undefined}>
        <Chips />
        {picked}
      </div>
    </div>
  )
}
