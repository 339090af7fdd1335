// The workflows on this very machine.
import { realHost } from '../../edge/host/real-host.js';
import type { RunPlan } from '../../model/report.js';
import { bundle, previewBundle, type BundleOptions, type Packed } from './bundle.js';
import { preflight, type PreflightOptions } from './preflight.js';
import { diagnose, planOnly, type Diagnosis, type DiagnoseOptions } from './diagnose.js';

export function diagnoseHere(options: DiagnoseOptions): Promise<Diagnosis> {
  return diagnose(options, realHost());
}

export function planHere(options: DiagnoseOptions): Promise<RunPlan> {
  return planOnly(options, realHost());
}

export function bundleHere(options: BundleOptions): Promise<Packed> {
  return bundle(options, realHost());
}

export function previewHere(options: BundleOptions): Promise<Packed> {
  return previewBundle(options, realHost());
}

export function preflightHere(options: PreflightOptions): Promise<Diagnosis> {
  return preflight(options, realHost());
}
