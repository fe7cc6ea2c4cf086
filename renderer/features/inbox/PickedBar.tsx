/** Owns: what can be done with the rows that are picked: read, star, export, delete. Deleting several asks first. */
import { actOnPicked, exportPicked, type PickedAct } from '#renderer/flows/inboxPicked.ts'
import { goTo } from '#renderer/flows/route.ts'
import { useServices } from '#renderer/flows/services.ts'
import { type Pick, pickedWords } from '#renderer/model/inboxPick.ts'
import type { MessageSummary } from '#shared/rpc/contract/inbox.ts'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { LinkButton } from '#renderer/ui/LinkButton.tsx'
import { Menu } from '#renderer/ui/Menu.tsx'
import { AskRemove } from './AskRemove.tsx'
import styles from './PickedBar.module.css'
import type { Picking } from './usePick.ts'

export interface PickedBarProps {
  picking: Picking & { pick: Pick }
  shown: readonly MessageSummary[]
  total: number
  /** There are rows that are not loaded. */
  more: boolean
  removing: boolean
  onRemoving: (removing: boolean) => void
  onProblem: (problem: string | undefined) => void
}

export function PickedBar(props: PickedBarProps) {
  const { picking, shown, total, more, removing, onRemoving, onProblem } = props
  const services = useServices()
  const { pick } = picking
  const picked = shown.filter(({ id }) => pick.ids.has(id))
  const act = (what: PickedAct) => async () => {
    const ids = pick.everything ? null : [...pick.ids]
    const answer = await actOnPicked(services, ids, what)
    onProblem(answer)
    if (answer !== undefined || what !== 'remove') return
    picking.drop()
    goTo({ room: 'inbox', id: '' })
  }
  const give = (form: 'eml' | 'mbox') => () => void exportPicked(services, picked, form).then(onProblem)
  const whole = more && !pick.everything && pick.ids.size === shown.length
  const button = (icon: 'mail' | 'check' | 'star', label: string, what: PickedAct) => (
    <IconButton icon={icon} size="s" label={label} onPress={() => void act(what)()} />
  )
  return (
    <section className={styles.bar} aria-label="Selected messages">
      <b>{pickedWords(pick, total)}</b>
      {whole && (
        <LinkButton onPress={picking.everything}>Select all {total.toLocaleString('en-US')}</LinkButton>
      )}
      <span className={styles.acts}>
        {button('check', 'Mark selected as read', 'read')}
        {button('mail', 'Mark selected as unread', 'unread')}
        {button('star', 'Star selected', 'star')}
        <Menu
          label="Export selected"
          trigger={<IconButton icon="export" label="More acts on selected" size="s" />}
          items={[
            { id: 'unstar', label: 'Take the star from them', icon: 'star', onAction: () => void act('unstar')() },
            { id: 'eml', label: picked.length === 1 ? 'Save as .eml' : 'Save as .eml in a ZIP file', icon: 'export', group: 'export', disabled: pick.everything, onAction: give('eml') },
            { id: 'mbox', label: 'Save as one mbox file', icon: 'export', group: 'export', disabled: pick.everything, onAction: give('mbox') },
          ]} // prettier-ignore
        />
        <IconButton icon="trash" size="s" label="Delete selected …" onPress={() => onRemoving(true)} />
        <IconButton icon="close" size="s" label="Select none" onPress={picking.drop} />
      </span>
      <AskRemove
        act="Delete them"
        open={removing}
        count={pick.everything ? total : pick.ids.size}
        onClose={() => onRemoving(false)}
        onRemove={() => {
          onRemoving(false)
          void act('remove')()
        }}
      />
    </section>
  )
}
