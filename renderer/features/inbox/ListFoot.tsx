/** Owns: the foot of the list: what is caught on, what the box takes on the disk, and acts on everything looked at. */
import { bulkInbox } from '#renderer/flows/inbox.ts'
import { useConnection, useServices } from '#renderer/flows/services.ts'
import { sizeShort } from '#renderer/model/measures.ts'
import type { Asks } from '#renderer/stores/inbox.ts'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { LinkButton } from '#renderer/ui/LinkButton.tsx'
import { Menu } from '#renderer/ui/Menu.tsx'
import styles from './MessageList.module.css'
import { useInbox, useListed } from './useInbox.ts'

export function ListFoot({ onProblem }: { onProblem: (problem: string | undefined) => void }) {
  const services = useServices()
  const ports = useConnection((connection) => connection.ports)
  const disk = useInbox((inbox) => inbox.disk)
  const ask = (asks: Asks) => () => services.stores.inbox.getState().set({ asks })
  const { total, part } = useListed()
  const act = (what: 'read' | 'unread' | 'star' | 'unstar') => () =>
    void bulkInbox(services, what).then(onProblem)
  const which = part ? 'found' : 'all'
  const disabled = total === 0
  return (
    <div className={styles.foot}>
      <span className={styles.ports}>
        {ports.length === 0 ? 'Not catching: the local server is off' : `Catching on ${ports.join(', ')}`}
      </span>
      {disk > 0 && (
        <LinkButton
          onPress={ask('keep')}
          label={`${sizeShort(disk)} on disk, dialogues included. How long mail is kept`}
        >
          {sizeShort(disk)}
        </LinkButton>
      )}
      <Menu
        label="All messages"
        trigger={<IconButton icon="more" label="All messages" size="s" />}
        items={[
          { id: 'read', label: `Mark ${which} as read`, icon: 'check', disabled, onAction: act('read') },
          { id: 'unread', label: `Mark ${which} as unread`, icon: 'mail', disabled, onAction: act('unread') },
          { id: 'star', label: `Star ${which}`, icon: 'star', disabled, onAction: act('star') },
          { id: 'unstar', label: `Take the star from ${which}`, icon: 'star', disabled, onAction: act('unstar') },
          { id: 'keep', label: 'How long mail is kept …', icon: 'clock', group: 'keep', onAction: ask('keep') },
          { id: 'tags', label: 'What makes a tag …', icon: 'filter', group: 'keep', onAction: ask('tags') },
          { id: 'clear', label: `Delete ${which} …`, icon: 'trash', tone: 'danger', group: 'keep', disabled, onAction: ask('clear') },
        ]} // prettier-ignore
      />
    </div>
  )
}
