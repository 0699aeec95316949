"""Files that outlive a process: in the data folder, or in a bucket of many machines."""
