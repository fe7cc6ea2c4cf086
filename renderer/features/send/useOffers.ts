/** Owns: what is known of the form's server: by the last dialogue with it, or by a test of its ports. */
import { useField } from '#renderer/flows/services.ts'
import { portNumber } from '#renderer/model/compose.ts'
import { offerNote, offersOfProbe, serverKey, type OfferNote } from '#renderer/model/composeOffers.ts'
import { useCompose, useDraft } from './useDraft.ts'

/** What to say beside a switch that needs the extension of this keyword. */
export function useOffer(keyword: string): OfferNote {
  const { draft } = useDraft()
  const seen = useCompose((compose) => compose.offers[serverKey(draft)])
  const probes = useField((all) => all.probe, (probe) => probe.probes) // prettier-ignore
  const results = seen ? [] : Object.values(probes).flatMap((probe) => probe.results)
  return offerNote(seen ?? offersOfProbe(results, draft.host, portNumber(draft)), keyword)
}
