"""Training: corpora in, one ONNX file out. Needs the extra ``train``; extraction never does."""
