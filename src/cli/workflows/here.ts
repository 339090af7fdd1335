// The workflows on this very machine.
import { realHost } from '../../edge/host/real-host.js';
import type { ProbeStep } from '../../model/observation.js';
import { diagnose, planOnly, type Diagnosis, type DiagnoseOptions } from './diagnose.js';

export function diagnoseHere(options: DiagnoseOptions): Promise<Diagnosis> {
  return diagnose(options, realHost());
}

export function planHere(options: DiagnoseOptions): Promise<readonly ProbeStep[]> {
  return planOnly(options, realHost());
}
