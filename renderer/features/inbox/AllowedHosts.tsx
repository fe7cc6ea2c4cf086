/** Owns: the hosts that a kept message may be given to: the one list of this program, none in the beginning. */
import { saveAllowedHosts } from '#renderer/flows/inboxRelease.ts'
import { useServices } from '#renderer/flows/services.ts'
import { HostList } from '#renderer/ui/HostList.tsx'

export interface AllowedHostsProps {
  hosts: readonly string[]
  /** After they were saved; `added` is a new one. */
  onHosts: (hosts: string[], added?: string) => void
}

export function AllowedHosts({ hosts, onHosts }: AllowedHostsProps) {
  const services = useServices()
  const save = async (next: string[], added?: string) => {
    const answer = await saveAllowedHosts(services, next)
    if (!answer.ok) return answer.problem
    onHosts(answer.hosts, added === undefined ? undefined : answer.hosts.at(-1))
    return undefined
  }
  return (
    <HostList
      hosts={hosts}
      placeholder="mail.example.com"
      save={save}
      note={
        hosts.length === 0
          ? 'None yet. A message goes to no host that is not written here.'
          : 'A message goes to these hosts only. The same list that the relay goes by.'
      }
    />
  )
}
