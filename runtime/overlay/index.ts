export { applyOverlay, type Overlaid } from './apply-overlay.js';
export { type OverlayFault, overlayDiagnostic, refuseOverlay } from './fault.js';
