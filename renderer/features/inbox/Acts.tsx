/** Owns: what can be done with one row of the box: release, star, read or unread, delete. */
import { useState } from 'react'
import { markMessage, removeMessage, saveMessage, starMessage } from '#renderer/flows/inbox.ts'
import { goTo } from '#renderer/flows/route.ts'
import { useServices } from '#renderer/flows/services.ts'
import { emlName } from '#renderer/model/inboxParts.ts'
import type { MessageDetail } from '#shared/rpc/contract/inbox.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { Menu } from '#renderer/ui/Menu.tsx'
import { ReleaseDialog } from './ReleaseDialog.tsx'
import { Released } from './Released.tsx'

export function Acts({ message }: { message: MessageDetail }) {
  const services = useServices()
  const [problem, setProblem] = useState<string>()
  const [releasing, setReleasing] = useState(false)
  const [released, setReleased] = useState<string>()
  const { id, unread, starred, outcome } = message
  const remove = async () => {
    const answer = await removeMessage(services, id)
    if (answer === undefined) goTo({ room: 'inbox', id: '' })
    else setProblem(answer)
  }
  const save = () => void saveMessage(services, id, emlName(message)).then(setProblem)
  const mark = () => void markMessage(services, id, !unread).then(setProblem)
  return (
    <>
      {problem && (
        <Banner tone="bad" live="alert">
          {problem}
        </Banner>
      )}
      {released && <Released session={released} />}
      {outcome === 'kept' && (
        <Button icon="send" onPress={() => setReleasing(true)}>
          Release …
        </Button>
      )}
      <ReleaseDialog
        message={message}
        open={releasing}
        onClose={() => setReleasing(false)}
        onReleased={(session) => {
          setReleasing(false)
          setReleased(session)
        }}
      />
      <Button icon="star" onPress={() => void starMessage(services, id, !starred).then(setProblem)}>
        {starred ? 'Starred' : 'Star'}
      </Button>
      <Menu
        label="Acts"
        trigger={<IconButton icon="more" label="More acts" tone="framed" />}
        items={[
          { id: 'mark', label: unread ? 'Mark as read' : 'Mark as unread', icon: 'mail', onAction: mark },
          ...(outcome === 'kept'
            ? [{ id: 'save', label: 'Save as .eml', icon: 'export' as const, onAction: save }]
            : []),
          { id: 'remove', label: 'Delete', icon: 'trash', tone: 'danger', onAction: () => void remove() },
        ]}
      />
    </>
  )
}
