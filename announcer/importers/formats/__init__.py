"""One module a format, each as `contract.Importer` asks; looked at in this order, the surest first."""
