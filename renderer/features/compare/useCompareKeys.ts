/** Owns: the room's own letters: C copies the report for a ticket. They stay out of fields and can be switched off. */
import { useEffect } from 'react'
import type { ProbeReport } from '#shared/rpc/contract/probeReport.ts'
import { copyProbe } from '#renderer/flows/probeActs.ts'
import { useServices } from '#renderer/flows/services.ts'
import { inField, isAsked } from '#renderer/ui/keyTargets.ts'

export function useCompareKeys(report: ProbeReport | null, before: ProbeReport | undefined): void {
  const services = useServices()
  useEffect(() => {
    if (!report) return undefined
    const pressed = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey, defaultPrevented, target } = event
      if (defaultPrevented || ctrlKey || metaKey || altKey || key.toLowerCase() !== 'c') return
      if (inField(target) || isAsked() || !services.stores.settings.getState().singleKeys) return
      event.preventDefault()
      void copyProbe(services, report, before)
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [services, report, before])
}
