/** Owns: the message: its addresses, its subject, its parts in tabs, and what is asked of the transport for it. */
import { TextField } from '#renderer/ui/TextField.tsx'
import { Addresses } from './Addresses.tsx'
import { Group } from './Group.tsx'
import { MessageTabs } from './MessageTabs.tsx'
import { TransferRows } from './TransferRows.tsx'
import { useCompose, useDraft, useProblem } from './useDraft.ts'

export function MessageGroup() {
  const { draft, change } = useDraft()
  const raw = useCompose((compose) => compose.raw !== null)
  return (
    <Group name="Message" grow>
      <Addresses />
      <div data-field="subject">
        <TextField
          label="Subject"
          value={draft.subject}
          disabled={raw}
          onChange={(subject) => change({ subject }, 'subject')}
          error={useProblem('subject')}
        />
      </div>
      <MessageTabs />
      <TransferRows />
    </Group>
  )
}
