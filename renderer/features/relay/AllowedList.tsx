/** Owns: the hosts that relayed mail may leave for: the one list of this program, as the relay speaks of it. */
import { useEffect, useState } from 'react'
import { saveAllowedHosts } from '#renderer/flows/inboxRelease.ts'
import { useServices, type Services } from '#renderer/flows/services.ts'
import { wordsOf } from '#renderer/flows/transcripts.ts'
import { HostList } from '#renderer/ui/HostList.tsx'

/** `load` is a function of a flow, not one made anew at each draw. */
export function AllowedList({ load }: { load: (services: Services) => Promise<string[]> }) {
  const services = useServices()
  const [hosts, setHosts] = useState<readonly string[]>()
  const [problem, setProblem] = useState<string>()
  useEffect(() => {
    let gone = false
    load(services).then(
      (found) => !gone && setHosts(found),
      (error: unknown) => !gone && setProblem(wordsOf(error)),
    )
    return () => {
      gone = true
    }
  }, [services, load])
  const save = async (next: string[]) => {
    const answer = await saveAllowedHosts(services, next)
    if (!answer.ok) return answer.problem
    setHosts(answer.hosts)
    return undefined
  }
  return (
    <HostList
      hosts={hosts}
      problem={problem}
      placeholder="gannet.example"
      save={save}
      note={
        hosts?.length === 0
          ? 'None yet. Everything that is relayed is held until you allow its domain, or the host it goes to.'
          : 'Domains of recipients, or hosts that mail goes to. The same list that a release from the Inbox goes by.'
      }
    />
  )
}
