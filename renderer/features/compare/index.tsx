/** Owns: the Compare room: the form, the answer, the matrix and what stands below it; two probes side by side. */
import { useEffect, useRef } from 'react'
import { stayAt } from '#renderer/flows/route.ts'
import { followProbes } from '#renderer/flows/probeList.ts'
import { useAway, useServices, useView } from '#renderer/flows/services.ts'
import { draftOfRequest } from '#renderer/model/probeForm.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { EmptyState } from '#renderer/ui/EmptyState.tsx'
import { Below } from './Below.tsx'
import { Changes, useChanges } from './Changes.tsx'
import { Empty } from './Empty.tsx'
import { History } from './History.tsx'
import { Matrix } from './Matrix.tsx'
import { PairPicker } from './PairPicker.tsx'
import { PairRoom } from './PairRoom.tsx'
import { ProbeForm } from './ProbeForm.tsx'
import styles from './Room.module.css'
import { useBefore, useCompare, useMatrix, useProbe, type ShownProbe } from './useCompare.ts'
import { useCompareKeys } from './useCompareKeys.ts'
import { Running, Verdict } from './Verdict.tsx'

/** The form shows what the probe was asked for, once for each that is opened. */
function useFormOf(probe: ShownProbe) {
  const { stores } = useServices()
  const request = probe.report?.request ?? probe.summary?.request
  const filled = useRef('')
  useEffect(() => {
    if (!request || filled.current === probe.id) return
    filled.current = probe.id
    const { draft, problems, change } = stores.probe.getState()
    // What was typed and is wrong stays there to be put right.
    if (Object.keys(problems).length > 0) return
    const localCa = stores.connection.getState().info?.caPem
    change(
      draftOfRequest(request, { draft, localCa }),
      'host',
      'ports',
      'family',
      'timeout',
      'resolver',
      'ca',
    )
  }, [stores, request, probe.id])
}

function Missing({ problem }: { problem: string }) {
  const services = useServices()
  return (
    <EmptyState
      icon="warn"
      title="This test is not there"
      actions={<Button onPress={() => services.stores.probe.getState().set({ historyOpen: true })}>Show earlier tests</Button>}
    >
      {problem}
    </EmptyState>
  )
} // prettier-ignore

function Away() {
  return (
    <EmptyState icon="warn" title="This test cannot be read now">
      The engine that keeps it does not answer. It is shown as soon as the engine is back.
    </EmptyState>
  )
}

function Result({ probe }: { probe: ShownProbe }) {
  const { stores } = useServices()
  const { report, running, id } = probe
  const before = useBefore(probe)
  const matrix = useMatrix(probe)
  const { changes, changeOf } = useChanges(before, report)
  useCompareKeys(report, before)
  const away = useAway()
  if (away && !report && !running && matrix.count === 0) return <Away />
  return (
    <>
      {running && <Running probe={probe} />}
      {report && <Verdict report={report} before={before} />}
      {changes && before && <Changes changes={changes} before={before} id={id} />}
      {matrix.hosts.length > 0 && <Matrix probe={probe} matrix={matrix} changeOf={changeOf} />}
      {report && (
        <div className={styles.acts}>
          <Button icon="compare" onPress={() => stores.probe.getState().set({ picking: id })}>
            Compare with another host…
          </Button>
        </div>
      )}
      {report && <Below report={report} />}
    </>
  )
}

function OneProbe({ id }: { id: string }) {
  const probe = useProbe(id)
  useFormOf(probe)
  const failed = useCompare((state) => state.list === 'failed' && state.summaries.length === 0)
  return (
    <div className={styles.room}>
      <h1 className="visuallyHidden">{probe.target === '' ? 'Compare ports' : `Ports of ${probe.target}`}</h1>
      <ProbeForm probe={id === '' ? undefined : probe} />
      {failed && id === '' && (
        <div className={styles.notice}>
          <Banner tone="warn">Earlier tests cannot be listed now: the engine did not answer.</Banner>
        </div>
      )}
      {id === '' ? <Empty /> : probe.problem === '' ? <Result probe={probe} /> : <Missing problem={probe.problem} />}
    </div>
  )
} // prettier-ignore

export default function CompareRoom() {
  const services = useServices()
  useEffect(() => followProbes(services), [services])
  const asked = useView((view) => view.route.id)
  const other = useView((view) => view.route.other)
  const newest = useCompare((state) => state.summaries[0]?.id)
  useEffect(() => {
    // From here on it is the one asked for: a newer test must not take its place under the reader's eyes.
    if (asked === '' && newest !== undefined) stayAt(services, { room: 'compare', id: newest })
  }, [services, asked, newest])
  return (
    <>
      {asked !== '' && other ? (
        <PairRoom left={asked} right={other} />
      ) : (
        <OneProbe id={asked === '' ? (newest ?? '') : asked} />
      )}
      <History />
      <PairPicker />
    </>
  )
}
