/** Owns: the forms and questions over the room; one at a time. */
import { useServices } from '#renderer/flows/services.ts'
import { ApplyDialog } from './ApplyDialog.tsx'
import { AskAct } from './AskAct.tsx'
import { AskAllow } from './AskAllow.tsx'
import { DeliveryDialog } from './DeliveryDialog.tsx'
import { EntryDialog } from './EntryDialog.tsx'
import { ItemDialog } from './ItemDialog.tsx'
import { ReportsDialog } from './ReportsDialog.tsx'
import { TextDialog } from './TextDialog.tsx'
import { useRelay } from './useRelay.ts'

export function Asked() {
  const { stores } = useServices()
  const asks = useRelay((relay) => relay.asks)
  const onClose = () => stores.relay.getState().set({ asks: null })
  if (asks === null) return null
  switch (asks.what) {
    case 'text':
      return <TextDialog onClose={onClose} />
    case 'entry':
      return <EntryDialog key={`${asks.at.kind} ${asks.at.place}`} at={asks.at} onClose={onClose} />
    case 'apply':
      return <ApplyDialog asked={asks} onClose={onClose} />
    case 'delivery':
      return <DeliveryDialog onClose={onClose} />
    case 'reports':
      return <ReportsDialog onClose={onClose} />
    case 'item':
      return <ItemDialog onClose={onClose} />
    case 'allow':
      return <AskAllow asked={asks} onClose={onClose} />
    case 'act':
      return <AskAct asked={asks} onClose={onClose} />
    default:
      return null
  }
}
