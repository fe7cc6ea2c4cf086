/** Owns: the form of one entry of the rules, by its kind. */
import type { EntryAt } from '#renderer/model/relayEntries.ts'
import { AddressForm } from './entry/AddressForm.tsx'
import { DomainForm } from './entry/DomainForm.tsx'
import { MtaForm } from './entry/MtaForm.tsx'
import { MtaRuleForm } from './entry/MtaRuleForm.tsx'
import { SourceForm } from './entry/SourceForm.tsx'
import { SourceHostForm } from './entry/SourceHostForm.tsx'
import { UserForm } from './entry/UserForm.tsx'
import { useRelay } from './useRelay.ts'

export function EntryDialog({ at, onClose }: { at: EntryAt; onClose: () => void }) {
  const policy = useRelay((relay) => relay.rules?.policy)
  // A form begins with what is there: nothing of it is shown before that is known.
  if (policy === undefined) return null
  const { place } = at
  const rest = { policy, place, onClose }
  switch (at.kind) {
    case 'sources':
      return <SourceForm {...rest} />
    case 'users':
      return <UserForm {...rest} />
    case 'relayDomains':
    case 'relayAddresses':
      return <AddressForm {...rest} kind={at.kind} />
    case 'domains':
      return <DomainForm {...rest} />
    case 'virtualMtas':
      return <MtaForm {...rest} />
    case 'virtualMtaRules':
      return <MtaRuleForm {...rest} />
    case 'sourceHosts':
      return <SourceHostForm {...rest} />
    default:
      return null
  }
}
