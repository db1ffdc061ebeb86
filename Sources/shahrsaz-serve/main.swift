Serve.run()
