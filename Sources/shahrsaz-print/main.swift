Printing.run()
