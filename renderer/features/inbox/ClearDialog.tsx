/** Owns: deleting everything that is looked at, once a person has agreed. */
import { useState } from 'react'
import { bulkInbox, clearInbox } from '#renderer/flows/inbox.ts'
import { goTo } from '#renderer/flows/route.ts'
import { useServices } from '#renderer/flows/services.ts'
import { AskRemove } from './AskRemove.tsx'
import { useListed } from './useInbox.ts'

export function ClearDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const services = useServices()
  const { total, part } = useListed()
  const [problem, setProblem] = useState<string>()
  const clear = async () => {
    const answer = await (part ? bulkInbox(services, 'remove') : clearInbox(services))
    setProblem(answer)
    if (answer !== undefined) return
    goTo({ room: 'inbox', id: '' })
    onClose()
  }
  return (
    <AskRemove
      open={open}
      count={total}
      act={`Delete ${part ? 'what was found' : 'all'}`}
      problem={problem}
      onClose={onClose}
      onRemove={() => void clear()}
    />
  )
}
